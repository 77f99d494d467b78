package io.patop.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Collects outcomes for the listener: passes them on at once when they change, else a few times a second. Used by one
 * thread.
 *
 * @param <T> the type of a try with its outcome
 */
final class Batch<T> {

    private static final long EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final Function<T, Object> outcome;
    private final Comparator<T> order;
    private final Consumer<List<T>> listener;
    private final List<T> waiting = new ArrayList<>();
    private Optional<Object> told = Optional.empty();
    private long toldAt;

    Batch(Function<T, Object> outcome, Comparator<T> order, Consumer<List<T>> listener) {
        this.outcome = outcome;
        this.order = order;
        this.listener = listener;
    }

    void add(T one, long nanos) {
        waiting.add(one);
        boolean isNews = !told.equals(Optional.of(outcome.apply(one)));
        told = Optional.of(outcome.apply(one));
        if (isNews || nanos - toldAt >= EVERY_NANOS) {
            flush(nanos);
        }
    }

    /** Passes the collected outcomes on if they have waited long enough. */
    void age(long nanos) {
        if (nanos - toldAt >= EVERY_NANOS) {
            flush(nanos);
        }
    }

    void flush(long nanos) {
        toldAt = nanos;
        if (!waiting.isEmpty()) {
            waiting.sort(order);
            listener.accept(List.copyOf(waiting));
            waiting.clear();
        }
    }
}
