package io.patop.watch.model;

import java.time.Instant;

/**
 * A contradiction between HAProxy and Patroni. A short one is normal in a failover, since HAProxy checks only about
 * once a second.
 *
 * @param backend the backend where it is seen
 * @param what the contradiction in words
 * @param since when it was seen first
 * @param told whether it has lasted long enough to be an event
 */
public record Disagreement(String backend, String what, Instant since, boolean told) {}
