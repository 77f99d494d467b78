package io.patop.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.LocalCommand.Wind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a person wants a replay to go. */
class SeekExpressionTest {

    private static final Instant START = Instant.parse("2026-11-24T23:59:30.400Z");
    private static final Playback AT =
            new Playback(START, START.plusSeconds(3600), START, 0, 100, 2, 9, 1, false, true, Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "90s,PT90S",
        "90,PT90S",
        "1m30s,PT90S",
        "1h5m,PT65M",
        "0.5s,PT0.5S",
        "23:59:40,PT9.6S",
        "0:10:00,PT629.6S"
    })
    void toATime(String text, Duration sinceStart) {
        assertThat(SeekExpression.parse(text, AT, ZoneOffset.UTC)).contains(new Wind.To(sinceStart));
    }

    @ParameterizedTest
    @CsvSource({"+10s,PT10S", "-1m,PT-1M"})
    void byATime(String text, Duration time) {
        assertThat(SeekExpression.parse(text, AT, ZoneOffset.UTC)).contains(new Wind.By(time));
    }

    @Test
    void toAnEvent() {
        assertThat(SeekExpression.parse("event 5", AT, ZoneOffset.UTC)).contains(new Wind.ByEvents(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "+", "event", "12:99:00", "5m 3", "event -1", "99999999999999999999s"})
    void nothingElse(String text) {
        assertThat(SeekExpression.parse(text, AT, ZoneOffset.UTC)).isEmpty();
    }
}
