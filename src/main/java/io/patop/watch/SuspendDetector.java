package io.patop.watch;

import io.patop.time.SteadyClock;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Detects that this process was stopped or its machine slept, and reports that gap before any later observation. All
 * sources' observations pass through it: the first one after an hour's sleep would otherwise count as the end of an
 * hour's outage.
 */
public final class SuspendDetector implements Observation.Sink {

    /** Longest pause that is no gap: a busy machine or a garbage collection takes less. */
    static final Duration GAP = Duration.ofSeconds(5);

    /** Largest difference between the wall clock and the monotonic clock that is not a clock change. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Consumer<Observation> sink;
    private final SteadyClock clock;
    private final ScheduledExecutorService scheduler;
    private Instant awakeAt;
    private Instant wokeAt = Instant.MIN;
    private Duration told = Duration.ZERO;

    /**
     * A detector that passes observations on, and does nothing else until {@link #start}.
     *
     * @param sink takes all observations
     * @param clock of all sources
     * @param scheduler looks at the clock once a second; it is shared, and not shut down here
     */
    public SuspendDetector(Consumer<Observation> sink, SteadyClock clock, ScheduledExecutorService scheduler) {
        this.sink = sink;
        this.clock = clock;
        this.scheduler = scheduler;
        this.awakeAt = clock.instant();
    }

    /** Starts looking at the clock once a second. */
    public synchronized void start() {
        awakeAt = clock.instant();
        beat();
    }

    @Override
    public void accept(Observation observation) {
        look();
        sink.accept(observation);
    }

    @Override
    public synchronized boolean hasSleptSince(Instant then) {
        look();
        return wokeAt.isAfter(then);
    }

    /** Reports a gap or a changed clock, if there is one since the last look. For any thread. */
    public synchronized void look() {
        Instant now = clock.instant();
        Instant before = awakeAt;
        awakeAt = now;
        if (Duration.between(before, now).compareTo(GAP) > 0) {
            wokeAt = now;
            sink.accept(new Observation.NotWatched(now, before));
        }
        Duration ahead = clock.ahead();
        if (ahead.minus(told).abs().compareTo(STEP) > 0) {
            told = ahead;
            sink.accept(new Observation.ClockSet(now, ahead));
        }
    }

    private void beat() {
        look();
        if (!scheduler.isShutdown()) {
            var unused = scheduler.schedule(this::beat, BEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
