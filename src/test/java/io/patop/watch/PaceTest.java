package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often to ask. */
class PaceTest {

    private final Pace pace = new Pace(Duration.ofSeconds(1));

    @Test
    void gentleWhileNothingHappens() {
        Told told = Told.healthy();

        assertThat(pace.interval(told.dashboard(), told.now())).hasSeconds(1);
    }

    @Test
    void quickWhileThereIsNoNewLeader() {
        Told told = Told.healthy().silent("a");

        assertThat(pace.interval(told.dashboard(), told.now())).isEqualTo(Pace.QUICK);
        assertThat(pace.interval(told.dashboard(), told.now().plusSeconds(60))).isEqualTo(Pace.QUICK);
    }

    @Test
    void gentleAgainWhenNothingComesOfIt() {
        Told told = Told.healthy().silent("a");

        assertThat(pace.interval(told.dashboard(), told.now().plusSeconds(600))).hasSeconds(1);
    }

    @Test
    void neverSlowerThanAskedFor() {
        Told told = Told.healthy().silent("a");
        Pace faster = new Pace(Duration.ofMillis(100));

        assertThat(faster.interval(told.dashboard(), told.now())).hasMillis(100);
    }

    @Test
    void anIntervalThatIsNoPaceIsRefused() {
        assertThatThrownBy(() -> new Pace(Duration.ZERO)).hasMessageContaining("0.1 s to 1 h");
    }
}
