package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.watch.ReducerStory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often to ask. */
class PollIntervalTest {

    private final PollInterval pace = new PollInterval(Duration.ofSeconds(1));

    @Test
    void gentleWhileNothingHappens() {
        ReducerStory told = ReducerStory.healthy();

        assertThat(pace.interval(told.dashboard(), told.now())).hasSeconds(1);
    }

    @Test
    void quickWhileThereIsNoNewLeader() {
        ReducerStory told = ReducerStory.healthy().silent("a");

        assertThat(pace.interval(told.dashboard(), told.now())).isEqualTo(PollInterval.QUICK);
        assertThat(pace.interval(told.dashboard(), told.now().plusSeconds(60))).isEqualTo(PollInterval.QUICK);
    }

    @Test
    void gentleAgainWhenNothingComesOfIt() {
        ReducerStory told = ReducerStory.healthy().silent("a");

        assertThat(pace.interval(told.dashboard(), told.now().plusSeconds(600))).hasSeconds(1);
    }

    @Test
    void neverSlowerThanAskedFor() {
        ReducerStory told = ReducerStory.healthy().silent("a");
        PollInterval faster = new PollInterval(Duration.ofMillis(100));

        assertThat(faster.interval(told.dashboard(), told.now())).hasMillis(100);
    }

    @Test
    void anIntervalThatIsNoPaceIsRefused() {
        assertThatThrownBy(() -> new PollInterval(Duration.ZERO)).hasMessageContaining("0.1 s to 1 h");
    }
}
