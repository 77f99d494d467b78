package io.patop.probe;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One try to read, where reads are probed too.
 *
 * @param began when the reader began it
 * @param ended when its outcome was known
 * @param answered whether the server answered
 * @param detail why it did not, one line; empty if it did
 * @param server that it went to, where that is known
 */
public record Read(Instant began, Instant ended, boolean answered, String detail, Optional<Server> server) {

    /** Checks that all parts are there. */
    public Read {
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(server, "server");
    }
}
