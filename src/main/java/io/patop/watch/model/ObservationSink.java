package io.patop.watch.model;

import java.time.Instant;
import java.util.function.Consumer;

/** Takes what the sources observe, and knows whether this process was stopped while they waited for it. */
@FunctionalInterface
public interface ObservationSink extends Consumer<Observation> {

    /**
     * Returns whether this process was stopped, or its machine slept, since that time. The result of a request that
     * was begun then says nothing of whoever was asked: a node has not failed because nobody read its answer.
     */
    default boolean hasSleptSince(Instant then) {
        return false;
    }
}
