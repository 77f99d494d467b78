package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watching: how often, with which time above, and how a frame takes the last one's place. */
class RepeatingTest {

    @ParameterizedTest
    @CsvSource({"0.5,false,500", "3,true,3000", "0,true,2000", "0.001,false,1"})
    void secondsComeBeforeTheTwoOfW(double seconds, boolean everyTwo, long milliseconds) {
        assertThat(Repeating.interval(OptionalDouble.of(seconds), everyTwo)).contains(Duration.ofMillis(milliseconds));
    }

    @Test
    void withoutAnyItIsOnce() {
        assertThat(Repeating.interval(OptionalDouble.empty(), false)).isEqualTo(Optional.empty());
        assertThat(Repeating.interval(OptionalDouble.of(0), false)).isEmpty();
        assertThat(Repeating.interval(OptionalDouble.empty(), true)).contains(Duration.ofSeconds(2));
    }

    @Test
    void theShortestTimeIsStillOne() {
        assertThat(Repeating.interval(OptionalDouble.of(Double.MIN_VALUE), false))
                .contains(Duration.ofNanos(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 86_401})
    void whatIsNoTimeIsRefused(double seconds) {
        assertThatThrownBy(() -> Repeating.interval(OptionalDouble.of(seconds), true))
                .hasMessageContaining("-w takes 0 to 86400 seconds, not " + seconds);
    }

    @Test
    void aFrameReplacesTheLastOneOnATerminalOnly() {
        assertThat(Repeating.frame("text\n", true)).isEqualTo("\u001b[?2026h\u001b[H\u001b[Jtext\n\u001b[?2026l");
        assertThat(Repeating.frame("text\n", false)).isEqualTo("text\n");
    }

    @Test
    void theTimestampIsLocalAndToTheSecond() {
        assertThat(Repeating.timestamp(Instant.parse("2026-11-24T23:05:09.999Z"), ZoneId.of("Europe/Vienna")))
                .isEqualTo("2026-11-25 00:05:09\n");
    }
}
