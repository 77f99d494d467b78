package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A figure that stays while there is no news in it, and tells at once when there is. */
class AnswerTimeTest {

    @Test
    void staysWhileAnswersDifferByLittle() {
        Set<Duration> told = new HashSet<>();
        AnswerTime time = AnswerTime.of(Duration.ofMillis(10));
        for (long millis : new long[] {8, 12, 9, 14, 7, 11, 13, 6, 10, 12}) {
            time = time.and(Duration.ofMillis(millis));
            told.add(time.usual());
        }

        assertThat(told).containsExactly(Duration.ofMillis(10));
        assertThat(time.last()).isEqualTo(Duration.ofMillis(12));
    }

    @Test
    void tellsASlowAnswerAtOnceAndForgetsItByAndBy() {
        AnswerTime slow = AnswerTime.of(Duration.ofMillis(10)).and(Duration.ofSeconds(2));
        assertThat(slow.usual()).isGreaterThan(Duration.ofMillis(200));

        AnswerTime recovered = LongStream.range(0, 60)
                .boxed()
                .reduce(slow, (time, ignored) -> time.and(Duration.ofMillis(10)), (first, second) -> second);
        assertThat(recovered.usual()).isBetween(Duration.ofMillis(10), Duration.ofMillis(16));
    }

    @Test
    void takesWhateverADamagedRecordingSays() {
        AnswerTime time = AnswerTime.of(Duration.ofSeconds(Long.MIN_VALUE));
        assertThat(time.last()).isZero();
        assertThat(time.and(Duration.ofSeconds(Long.MAX_VALUE)).last()).isEqualTo(Duration.ofDays(1));
    }
}
