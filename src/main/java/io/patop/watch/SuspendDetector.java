package io.patop.watch;

import io.patop.time.SteadyClock;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices that nobody watched for a while, because this process was stopped or its machine slept, and says so
 * before anything else that is seen after. All sources' observations pass through it: the first that came after
 * such an hour would otherwise be taken for the end of an outage of an hour.
 */
public final class SuspendDetector implements Consumer<Observation> {

    /** Busy machines and collected garbage hold a process up for less. */
    static final Duration GAP = Duration.ofSeconds(5);

    /** By so much two clocks of one machine do not drift apart between two beats. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Consumer<Observation> sink;
    private final SteadyClock clock;
    private final ScheduledExecutorService scheduler;
    private Instant awakeAt;
    private Duration told = Duration.ZERO;

    /**
     * A vigil that passes observations on, and has not begun.
     *
     * @param sink takes all observations
     * @param clock of all sources
     * @param scheduler looks at the clock once a second; not this vigil's own
     */
    public SuspendDetector(Consumer<Observation> sink, SteadyClock clock, ScheduledExecutorService scheduler) {
        this.sink = sink;
        this.clock = clock;
        this.scheduler = scheduler;
        this.awakeAt = clock.instant();
    }

    /** Begins. */
    public synchronized void start() {
        awakeAt = clock.instant();
        beat();
    }

    @Override
    public void accept(Observation observation) {
        look();
        sink.accept(observation);
    }

    /** Says that nobody has watched, if that is so. For any thread. */
    public synchronized void look() {
        Instant now = clock.instant();
        Instant before = awakeAt;
        awakeAt = now;
        if (Duration.between(before, now).compareTo(GAP) > 0) {
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
