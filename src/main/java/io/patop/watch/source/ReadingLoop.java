package io.patop.watch.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads again and again what a person looks at, on one thread, until nobody has looked for a while. A bug in one
 * reading is reported and does not end the loop.
 *
 * @param <S> what can be looked at
 */
final class ReadingLoop<S> implements AutoCloseable {

    private record Look<S>(S subject, Instant at) {}

    private final Duration every;
    private final Duration lookLasts;
    private final Runnable reading;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private volatile Optional<Look<S>> look = Optional.empty();
    private boolean running;

    /**
     * A loop that does nothing until a person looks.
     *
     * @param every time between two readings, from the end of one to the beginning of the next
     * @param lookLasts how long a look counts
     * @param reading reads what {@link #subject} says; called on the loop's thread only
     * @param clock for how long ago a look was
     * @param scheduler one thread, the loop's own, which it shuts down when closed
     */
    ReadingLoop(Duration every, Duration lookLasts, Runnable reading, Clock clock, ScheduledExecutorService scheduler) {
        this.every = every;
        this.lookLasts = lookLasts;
        this.reading = reading;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Tells that a person looks at this now.
     *
     * @return whether it is something else than before
     */
    boolean look(S subject) {
        boolean other = !isLatest(subject);
        look = Optional.of(new Look<>(subject, clock.instant()));
        return other;
    }

    /** Begins to read, unless that goes on already; then it reads once more at once if that is wanted. */
    void begin(boolean atOnce) {
        execute(() -> {
            if (!running) {
                running = true;
                step();
            } else if (atOnce) {
                reading.run();
            }
        });
    }

    /** Returns what a person looks at; empty if nobody has looked for a while. */
    Optional<S> subject() {
        Instant now = clock.instant();
        return look.filter(at -> Duration.between(at.at(), now).compareTo(lookLasts) < 0)
                .map(Look::subject);
    }

    /** Returns whether nothing else was looked at later, so that a late answer must not be shown if not. */
    boolean isLatest(S subject) {
        return look.filter(at -> at.subject().equals(subject)).isPresent();
    }

    /** Does the step on the loop's thread, unless the loop is closed; reports a bug in it. */
    void execute(Runnable step) {
        if (!scheduler.isShutdown()) {
            scheduler.execute(() -> guarded(step));
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void step() {
        if (subject().isEmpty()) {
            running = false;
            return;
        }
        guarded(reading);
        if (!scheduler.isShutdown()) {
            ScheduledFuture<?> unused = scheduler.schedule(this::step, every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
        }
    }
}
