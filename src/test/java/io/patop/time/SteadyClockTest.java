package io.patop.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.Clocks;
import io.patop.watch.ReducerStory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A clock by which nothing that was comes to lie ahead, whatever is done to the one on the wall. */
class SteadyClockTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clocks clocks = new Clocks();
    private final SteadyClock steady = clocks.steady();

    @Test
    void itIsTheOneOnTheWallWhileThatGoesOn() {
        clocks.pass(SECOND);
        assertThat(steady.instant()).isEqualTo(ReducerStory.START.plusSeconds(1));
        clocks.pass(HOUR);
        assertThat(steady.instant()).isEqualTo(ReducerStory.START.plusSeconds(3601));
        assertThat(steady.ahead()).isZero();
    }

    @Test
    void itGoesOnByTheTimeThatPassesWhenTheOtherIsSetBack() {
        clocks.pass(SECOND);
        clocks.set(HOUR.negated());
        assertThat(steady.instant()).isEqualTo(ReducerStory.START.plusSeconds(1));
        clocks.pass(SECOND);
        assertThat(steady.instant()).isEqualTo(ReducerStory.START.plusSeconds(2));
        assertThat(steady.ahead()).isEqualTo(HOUR);
        clocks.set(HOUR);
        assertThat(steady.instant()).isEqualTo(ReducerStory.START.plusSeconds(2));
        assertThat(steady.ahead()).isZero();
    }

    /** A machine that sleeps counts no time, and finds the clock on the wall an hour on. */
    @Test
    void itFollowsALeapForward() {
        clocks.set(HOUR);
        assertThat(steady.instant()).isEqualTo(ReducerStory.START.plus(HOUR));
    }
}
