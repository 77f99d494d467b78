package io.patop.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The clock on the wall, as long as that goes forward. When it is set back this one goes on by the time that
 * passes, since what lies behind must not come to lie ahead: a length of time would be negative, a wait an hour.
 * When the wall's goes forward by a leap (it was set, or the machine slept) this one follows.
 */
public final class SteadyClock extends Clock {

    private final Clock wall;
    private final LongSupplier nanos;
    private long readAt;
    private Instant last;

    /**
     * A clock that begins with the wall's time.
     *
     * @param wall the time of day
     * @param nanos the time that passes, as {@link System#nanoTime}
     */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.last = wall.instant();
        this.readAt = nanos.getAsLong();
    }

    /** By this machine's clocks. */
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

    /** How far the wall's clock was set back, and has not been set forward since. */
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
