package io.patop.watch.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A contradiction between HAProxy and Patroni. A short one is the ordinary course of a failover: HAProxy checks
 * once a second or so.
 *
 * @param backend where
 * @param what in words
 * @param since when it was seen first
 * @param told whether it has lasted long enough to be an event
 */
public record Disagreement(String backend, String what, Instant since, boolean told) {
    /** Checks that all parts are there. */
    public Disagreement {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(since, "since");
    }
}
