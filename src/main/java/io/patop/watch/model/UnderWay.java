package io.patop.watch.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that was asked for and has not come to an end yet.
 *
 * @param action what
 * @param since when it was sent
 * @param step the last step that it reported; empty if it has none
 */
public record UnderWay(Action action, Instant since, String step) {
    /** Checks that all parts are there. */
    public UnderWay {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(step, "step");
    }
}
