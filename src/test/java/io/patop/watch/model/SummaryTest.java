package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Summary.Trouble;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void aHealthyClusterHasNoTrouble() {
        Summary summary = Summary.of("x", ReducerStory.healthy().dashboard());

        assertThat(summary.trouble()).isEqualTo(Trouble.NONE);
        assertThat(summary.leader()).contains("a");
        assertThat(summary.up()).isEqualTo(3);
        assertThat(summary.members()).isEqualTo(3);
        assertThat(summary.worstLag()).contains(0L);
        assertThat(summary.timeline()).hasToString("Optional[1]");
    }

    @Test
    void whatIsUnknownIsNotWell() {
        assertThat(Summary.of("x", Dashboard.EMPTY).trouble()).isEqualTo(Trouble.UNKNOWN);
        assertThat(Summary.of(
                                "x",
                                new ReducerStory()
                                        .clusterFails("a", Failure.Kind.REFUSED)
                                        .dashboard())
                        .trouble())
                .isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void theWorstComesFirst() {
        Summary well = Summary.of("well", ReducerStory.healthy().dashboard());
        Summary down =
                Summary.of("down", ReducerStory.healthy().seconds(1).silent("b").dashboard());
        Summary silent = Summary.of(
                "silent", ReducerStory.healthy().seconds(1).silent("a").dashboard());
        Summary headless = Summary.of(
                "headless",
                ReducerStory.healthy()
                        .seconds(1)
                        .cluster(ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0))
                        .dashboard());
        Summary paused = Summary.of(
                "paused",
                ReducerStory.healthy()
                        .clusterWith(",\"pause\":true", ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0))
                        .dashboard());

        List<Summary> sorted = Stream.of(well, paused, down, silent, headless)
                .sorted(Summary.BY_TROUBLE)
                .toList();
        assertThat(sorted).extracting(Summary::name).containsExactly("headless", "silent", "down", "paused", "well");
        assertThat(silent.trouble().isOutage()).isTrue();
        assertThat(silent.since()).contains(ReducerStory.START.plusSeconds(1));
        assertThat(down.trouble()).isEqualTo(Trouble.MEMBER_DOWN);
    }
}
