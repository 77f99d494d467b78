package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WritePaceTest {

    private static final long TENTH = Duration.ofMillis(100).toNanos();
    private static final long FIFTIETH = Duration.ofMillis(20).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void theQuietRateIsKeptWhileNothingFails() {
        assertThat(new WritePace(10).intervalNanos(-5)).isEqualTo(TENTH);
    }

    @Test
    void fiftyASecondFromTheFirstFailureUntilTenSecondsAfterTheLast() {
        WritePace pace = new WritePace(10);
        pace.failed(-20 * SECOND);
        pace.failed(-10 * SECOND);

        assertThat(pace.intervalNanos(-5 * SECOND)).isEqualTo(FIFTIETH);
        assertThat(pace.intervalNanos(0)).isEqualTo(FIFTIETH);
        assertThat(pace.intervalNanos(1)).isEqualTo(TENTH);
    }

    @Test
    void aFasterQuietRateStays() {
        WritePace pace = new WritePace(100);
        pace.failed(0);

        assertThat(pace.intervalNanos(1)).isEqualTo(SECOND / 100);
    }
}
