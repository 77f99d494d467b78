package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.text.DurationText;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How exactly the tries of a probe tell how long nobody could write. */
class OutageTest {

    private static final Instant LAST = Instant.parse("2026-11-28T22:13:10Z");

    @Test
    void refusedTriesBoundItToTheirDistance() {
        Outage outage =
                failing(100).withFailed(at(6_200), at(6_201), true, "refused").ended(at(6_300), at(6_310));

        assertThat(text(outage)).isEqualTo("6.2 ± 0.2 s");
    }

    /** Seen on a real cluster: writes waited for the clean stop, and few were refused near its end. */
    @Test
    void aTryThatWaitedFromBeforeTheLastFailureShowsThatNobodyCouldWriteMeanwhile() {
        Outage outage =
                failing(1_500).withFailed(at(1_700), at(1_701), true, "refused").ended(at(90), at(1_800));

        assertThat(text(outage)).isEqualTo("1.76 ± 0.05 s");
    }

    @Test
    void aTryFromBeforeTheOutageShowsNothing() {
        Outage outage =
                failing(1_500).withFailed(at(1_700), at(1_701), true, "refused").ended(at(-50), at(1_800));

        assertThat(text(outage)).isEqualTo("0.2 to 1.8 s");
    }

    @Test
    void aServerThatWasOnlySlowIsMeasuredByTheTryThatWaited() {
        assertThat(text(Outage.begun(LAST).ended(at(40), at(1_600)))).isEqualTo("1.58 ± 0.02 s");
    }

    private static Outage failing(long millis) {
        return Outage.begun(LAST).withFailed(at(millis), at(millis), true, "refused");
    }

    private static Instant at(long millis) {
        return LAST.plusMillis(millis);
    }

    private static String text(Outage outage) {
        return DurationText.text(outage.length().orElseThrow());
    }
}
