package io.patop.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.time.MeasuredDuration;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DurationTextTest {

    @Test
    void whatIsKnownExactlyHasNoError() {
        assertThat(text(6400, 6400)).isEqualTo("6.4 s");
        assertThat(text(6400, 6410)).isEqualTo("6.4 s");
    }

    @Test
    void closeBoundsAreTheMiddleAndAnErrorThatCoversBoth() {
        assertThat(text(6300, 6500)).isEqualTo("6.4 ± 0.1 s");
        assertThat(text(6301, 6420)).isEqualTo("6.4 ± 0.1 s");
        assertThat(text(6400, 6440)).isEqualTo("6.42 ± 0.02 s");
        assertThat(text(0, 120)).isEqualTo("0.1 ± 0.1 s");
    }

    @Test
    void farBoundsAreTold() {
        assertThat(text(2100, 3100)).isEqualTo("2.1 to 3.1 s");
        assertThat(text(120_000, 120_200)).isEqualTo("2m 00s");
        assertThat(DurationText.text(MeasuredDuration.atLeast(Duration.ofMillis(2100))))
                .isEqualTo("≥ 2.1 s");
    }

    @Property
    void theErrorCoversBothBounds(
            @ForAll @IntRange(max = 90_000) int least, @ForAll @IntRange(min = 11, max = 300) int more) {
        String[] parts = text(least, least + more).replace(" s", "").split(" ± ", -1);
        double middle = Double.parseDouble(parts[0]) * 1000;
        double error = Double.parseDouble(parts[1]) * 1000;

        assertThat(middle - error).isLessThanOrEqualTo(least + 0.001);
        assertThat(middle + error).isGreaterThanOrEqualTo(least + more - 0.001);
    }

    private static String text(long least, long most) {
        return DurationText.text(new MeasuredDuration(Duration.ofMillis(least), Optional.of(Duration.ofMillis(most))));
    }
}
