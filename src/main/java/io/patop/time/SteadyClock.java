package io.patop.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that follows the wall clock but never goes back. When the wall clock is set back it goes on with the time
 * that passes, since otherwise durations would be negative and waits an hour too long. When the wall clock jumps
 * forward (it was set, or the machine slept) it follows.
 */
public final class SteadyClock extends Clock {

    private final Clock wall;
    private final LongSupplier nanos;
    private long readAt;
    private Instant last;

    /**
     * A clock that starts with the wall clock's time.
     *
     * @param wall the wall clock
     * @param nanos the passing time, as {@link System#nanoTime}
     */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.last = wall.instant();
        this.readAt = nanos.getAsLong();
    }

    /** A clock on this machine's own clocks. */
    public static SteadyClock system() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    @Override
    public synchronized Instant instant() {
        Instant shown = wall.instant();
        long now = nanos.getAsLong();
        Instant passed = last.plusNanos(now - readAt);
        last = shown.isAfter(passed) ? shown : passed;
        readAt = now;
        return last;
    }

    /** How far the wall clock is behind this clock, because it was set back. */
    public Duration ahead() {
        return Duration.between(wall.instant(), instant());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a steady clock tells instants only");
    }
}
