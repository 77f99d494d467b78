package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.probe.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecondBySecondTest {

    private static final long START = 1_000_000;

    @Test
    void eachSecondHoldsWhatBeganInIt() {
        SecondBySecond strip = SecondBySecond.EMPTY
                .with(at(0.1), Outcome.ACKNOWLEDGED)
                .with(at(0.9), Outcome.REFUSED)
                .with(at(2.5), Outcome.UNKNOWN);

        assertThat(strip.at(START)).isEqualTo(new SecondBySecond.Second(1, 1, 0));
        assertThat(strip.at(START + 1)).isEqualTo(SecondBySecond.Second.NOTHING);
        assertThat(strip.at(START + 2)).isEqualTo(new SecondBySecond.Second(0, 0, 1));
        assertThat(strip.at(START + 3)).isEqualTo(SecondBySecond.Second.NOTHING);
        assertThat(strip.at(START - 1)).isEqualTo(SecondBySecond.Second.NOTHING);
    }

    @Test
    void aLateOutcomeGoesWhereItBegan() {
        SecondBySecond strip = SecondBySecond.EMPTY
                .with(at(0), Outcome.ACKNOWLEDGED)
                .with(at(3), Outcome.ACKNOWLEDGED)
                .with(at(1), Outcome.UNKNOWN);

        assertThat(strip.at(START + 1)).isEqualTo(new SecondBySecond.Second(0, 0, 1));
    }

    @Test
    void itIsBounded() {
        SecondBySecond strip = SecondBySecond.EMPTY;
        for (int second = 0; second < SecondBySecond.MOST + 50; second++) {
            strip = strip.with(at(second), Outcome.ACKNOWLEDGED);
        }

        assertThat(strip.seconds()).hasSize(SecondBySecond.MOST);
        assertThat(strip.first()).isEqualTo(START + 50);
        assertThat(strip.with(at(10), Outcome.REFUSED)).as("too old").isEqualTo(strip);
        assertThat(strip.with(at(1_000_000), Outcome.REFUSED).seconds())
                .as("long after")
                .hasSize(1);
    }

    private static Instant at(double second) {
        return Instant.ofEpochSecond(START).plusMillis(Math.round(second * 1000));
    }
}
