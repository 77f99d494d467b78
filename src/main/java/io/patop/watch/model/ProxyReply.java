package io.patop.watch.model;

import java.time.Instant;

/**
 * A command that was run on a stats socket, with HAProxy's answer.
 *
 * @param at when the answer came
 * @param command as it was sent
 * @param answer as it came; empty if HAProxy said nothing, which means success
 * @param failed whether it could not be sent, or was refused
 */
public record ProxyReply(Instant at, String command, String answer, boolean failed) {}
