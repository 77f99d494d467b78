package io.patop.watch.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptHistoryTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void oneRefusalAmongManyAnswersIsSeen() {
        AttemptHistory tries = AttemptHistory.NONE;
        for (int i = 0; i < 100; i++) {
            tries = tries.with(at(i * 0.1), at(i * 0.1 + 0.003), AttemptCell.answered(Duration.ofMillis(3)));
        }
        tries = tries.with(at(5), at(5.01), AttemptCell.REFUSED);

        assertThat(tries.between(at(0), at(10)).refused()).isTrue();
        assertThat(tries.between(at(4.8), at(5)).refused()).isFalse();
        assertThat(tries.between(at(5), at(5.2)).refused()).isTrue();
    }

    @Test
    void aWriteThatHungIsNotedAsLongAsItHung() {
        AttemptHistory tries = AttemptHistory.NONE.with(at(1), at(4), AttemptCell.UNKNOWN);

        assertThat(tries.between(at(0.4), at(0.8)).isNothing()).isTrue();
        assertThat(tries.between(at(2.4), at(2.6)).unknown()).isTrue();
        assertThat(tries.between(at(3.8), at(4)).unknown()).isTrue();
        assertThat(tries.between(at(4.4), at(5)).isNothing()).isTrue();
    }

    /** The sample's 95th percentile to a factor of two, in a piece of any length. */
    @Test
    void fiveOfAHundredMayBeSlower() {
        AttemptHistory tries = AttemptHistory.NONE;
        for (int i = 0; i < 3000; i++) {
            Duration took = Duration.ofMillis(i % 100 < 4 ? 900 : 3);
            tries = tries.with(at(i * 0.1), at(i * 0.1), AttemptCell.answered(took));
        }

        assertThat(tries.between(at(0), at(300)).p95()).contains(Duration.ofMillis(4));
        for (int i = 0; i < 600; i++) {
            tries = tries.with(at(300 + i * 0.1), at(300 + i * 0.1), AttemptCell.answered(Duration.ofMillis(900)));
        }
        assertThat(tries.between(at(0), at(360)).p95()).contains(Duration.ofMillis(1024));
    }

    @Test
    void aDayIsKeptAndNoMore() {
        AttemptHistory tries = AttemptHistory.NONE;
        for (int second = 0; second < 30 * 3600; second += 10) {
            tries = tries.with(
                    at(second), at(second), AttemptCell.answered(Duration.ofMillis(second < 36_000 ? 2 : 60)));
        }

        assertThat(tries.between(at(7 * 3600), at(8 * 3600)).p95()).contains(Duration.ofMillis(2));
        assertThat(tries.between(at(3 * 3600), at(4 * 3600)).isNothing()).isTrue();
        assertThat(tries.grids()).allSatisfy(grid -> assertThat(grid.pages()).hasSizeLessThanOrEqualTo(grid.most()));
    }

    /** A clock that jumps by years leaves no hole to fill. */
    @Test
    void aLeapOfTheClockBeginsAnew() {
        AttemptHistory tries = AttemptHistory.NONE
                .with(at(0), at(0), AttemptCell.REFUSED)
                .with(START.plus(Duration.ofDays(4000)), START.plus(Duration.ofDays(4000)), AttemptCell.UNKNOWN)
                .with(at(1), at(1), AttemptCell.REFUSED);

        assertThat(tries.grids()).allSatisfy(grid -> assertThat(grid.pages()).hasSize(1));
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }
}
