package io.patop.watch;

import io.patop.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The two clocks of a machine, in a test's hands: the one on the wall, and the time that passes. */
public final class Clocks extends Clock {

    private Instant wall = ReducerStory.START;
    private long nanos = 7;

    /** Both go on: time passes. */
    public Clocks pass(Duration time) {
        nanos += time.toNanos();
        return set(time);
    }

    /** The one on the wall is set, or the machine sleeps: by so much it goes forward or back. */
    public Clocks set(Duration by) {
        wall = wall.plus(by);
        return this;
    }

    public SteadyClock steady() {
        return new SteadyClock(this, () -> nanos);
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
