package io.patop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTimeTest {

    /** 22:00:00.5 in Berlin, where the clock is an hour ahead then. */
    private static final Instant NOW = Instant.parse("2026-12-30T21:00:00.500Z");

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "+10m, 2026-12-30T22:10:00+01:00",
        "in 2 hours, 2026-12-31T00:00:00+01:00",
        "+45 s, 2026-12-30T22:00:45+01:00",
        "22:30, 2026-12-30T22:30:00+01:00",
        "21:30, 2026-12-30T21:30:00+01:00",
        "tomorrow 10pm, 2026-12-31T22:00:00+01:00",
        "2026-12-31 09:05 America/New_York, 2026-12-31T09:05:00-05:00",
        "2026-12-31, 2026-12-31T00:00:00+01:00",
        "1 Feb 2027 3:00, 2027-02-01T03:00:00+01:00",
        "1 Feb 2027, 2027-02-01T00:00:00+01:00",
        "tomorrow 22:30, 2026-12-31T22:30:00+01:00",
        "today at 23:00:30, 2026-12-30T23:00:30+01:00",
        "2026-12-31 9:05, 2026-12-31T09:05:00+01:00",
        "2026-12-31T09:05:00, 2026-12-31T09:05:00+01:00",
        "2026-12-31 09:05 UTC, 2026-12-31T09:05:00Z",
        "2026-12-31 09:05+02:00, 2026-12-31T09:05:00+02:00",
        "2026-12-31T09:05:00Z, 2026-12-31T09:05:00Z",
    })
    void whatPeopleTypeIsATime(String typed, OffsetDateTime time) {
        assertThat(TypedTime.parse(typed, NOW, ZONE)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "25:00",
                "2026-13-01 10:00",
                "10m",
                "+m",
                "tomorrow",
                "01.02.2027",
                "10:00 PST",
                "22:30 Mars/Olympus"
            })
    void whatIsNoneIsRefusedInALine(String typed) {
        assertThatThrownBy(() -> TypedTime.parse(typed, NOW, ZONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no time: write it as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"today 21:00", "21:30", "2026-12-30", "2026-12-30 21:59", "2020-01-01 10:00 UTC", "+0s"})
    void thePastIsRefused(String typed) {
        assertThatThrownBy(() -> TypedTime.upcoming(typed, NOW, ZONE)).hasMessageEndingWith("has passed");
        assertThat(TypedTime.parse(typed, NOW, ZONE).toInstant()).isBeforeOrEqualTo(NOW);
    }
}
