package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.cluster.PythonTime;
import io.patop.command.shell.CommandFailure;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people type them, on 25 November 2026 at 9 o'clock in Berlin; each but the refused as dateutil reads it. */
class ScheduledTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-12-01T03:00 | 2026-12-01T03:00:00+01:00",
                "2026-12-01 03:00 | 2026-12-01T03:00:00+01:00",
                "2026-12-01T03:00:30 | 2026-12-01T03:00:30+01:00",
                "2026-12-01T03:00:30.123456 | 2026-12-01T03:00:30.123456+01:00",
                "2026-12-01T03:00Z | 2026-12-01T03:00:00+00:00",
                "2026-12-01 03:00 UTC | 2026-12-01T03:00:00+00:00",
                "2026-12-01T03:00+02:00 | 2026-12-01T03:00:00+02:00",
                "2026-12-01T03:00:00-0500 | 2026-12-01T03:00:00-05:00",
                "2026-12-01 03:00 +02 | 2026-12-01T03:00:00+02:00",
                "20261201T0300 | 2026-12-01T03:00:00+01:00",
                "20261201T030030Z | 2026-12-01T03:00:30+00:00",
                "2026-12-01 | 2026-12-01T00:00:00+01:00",
                "2027-07-01 12:00 | 2027-07-01T12:00:00+02:00",
                "23:15 | 2026-11-25T23:15:00+01:00",
                "23:15 UTC | 2026-11-25T23:15:00+00:00",
                "11:15 PM | 2026-11-25T23:15:00+01:00",
                "11pm | 2026-11-25T23:00:00+01:00",
                "12/01/2026 03:00 | 2026-12-01T03:00:00+01:00",
                "2026/12/01 03:00 | 2026-12-01T03:00:00+01:00",
                "31.12.2026 03:00 | 2026-12-31T03:00:00+01:00",
                "1 Dec 2026 3:00 | 2026-12-01T03:00:00+01:00",
                "Tue, 1 Dec 2026 03:00:00 +0000 | 2026-12-01T03:00:00+00:00",
                "Dec 1 2026 03:00 | 2026-12-01T03:00:00+01:00",
                "December 1, 2026 3:00 am | 2026-12-01T03:00:00+01:00",
                "Dec 1 | 2026-12-01T00:00:00+01:00",
                "1 Feb 2027 | 2027-02-01T00:00:00+01:00",
                "+10m | 2026-11-25T09:10:00+01:00",
                "in 2 hours | 2026-11-25T11:00:00+01:00",
                "tomorrow 22:30 | 2026-11-26T22:30:00+01:00",
                "2026-12-01 03:00 Europe/Lisbon | 2026-12-01T03:00:00+00:00",
                "'  2026-12-01T03:00  ' | 2026-12-01T03:00:00+01:00",
            })
    void readsWhatPeopleType(String typed, String meant) {
        assertThat(ScheduledTime.of(typed, BERLIN, NOW).map(PythonTime::isoformat))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "", " "})
    void nowIsNoTime(String typed) {
        assertThat(ScheduledTime.of(typed, BERLIN, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "tomorrow",
                "25:00",
                "12:60",
                "2026-13-01",
                "2026-02-30",
                "01.02.2027 10:00",
                "13pm",
                "2026-12-01 03:00 PST",
                "1 Foo 2026",
                "2026-12-01T03:00+99:00",
                "-",
                "3"
            })
    void refusesWhatIsAmbiguousOrNoTime(String typed) {
        assertThatThrownBy(() -> ScheduledTime.of(typed, BERLIN, NOW))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("Unable to parse scheduled timestamp (" + typed
                        + "). It should be in an unambiguous format (e.g. ISO 8601)");
    }

    @Test
    void readsThePastToo() {
        assertThat(ScheduledTime.of("08:59", BERLIN, NOW).map(PythonTime::str)).contains("2026-11-25 08:59:00+01:00");
    }

    @Test
    void suggestsTheNextHour() {
        assertThat(ScheduledTime.nextHour(BERLIN, NOW)).isEqualTo("2026-11-25T10:00");
    }
}
