package io.patop.probe;

import java.time.Instant;
import java.util.Optional;

/**
 * One try to read, if reads are probed too.
 *
 * @param began when the reader began it
 * @param ended when its outcome was known
 * @param answered whether the server answered
 * @param detail why it did not, in one line; empty if it did
 * @param server the server that answered, if known
 */
public record Read(Instant began, Instant ended, boolean answered, String detail, Optional<Server> server) {}
