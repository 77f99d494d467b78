package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.ReducerStory;
import io.patop.watch.model.StreamingTree.Place;
import io.patop.watch.model.StreamingTree.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingTreeTest {

    @Test
    void sendersTellWhoReceivesFromThem() {
        ReducerStory told = ReducerStory.healthy()
                .primary("a", 1, "b", "pg_receivewal")
                .node(
                        "b",
                        "{\"state\":\"running\",\"role\":\"replica\",\"replication\":[{\"application_name\":\"c\","
                                + "\"state\":\"streaming\",\"sync_state\":\"async\"}]}");

        assertThat(lines(told)).containsExactly("0 a LEADS", "1 b TOLD", "2 c TOLD", "1 pg_receivewal TOLD");
    }

    @Test
    void whereNobodyTellsTheTagDoes() {
        ReducerStory told = new ReducerStory()
                .cluster(
                        ReducerStory.leader("a", 1),
                        ReducerStory.replica("b", 1, 0),
                        ReducerStory.member(
                                "c",
                                "replica",
                                "running",
                                "\"timeline\":1,\"lag\":0,\"tags\":{\"replicatefrom\":\"b\"}"));

        assertThat(lines(told)).containsExactly("0 a LEADS", "1 b ASSUMED", "2 c TAGGED");
    }

    @Test
    void aRingLosesNobody() {
        ReducerStory told = new ReducerStory()
                .cluster(
                        ReducerStory.leader("a", 1),
                        ReducerStory.member("b", "replica", "running", "\"tags\":{\"replicatefrom\":\"c\"}"),
                        ReducerStory.member("c", "replica", "running", "\"tags\":{\"replicatefrom\":\"b\"}"));

        assertThat(StreamingTree.of(told.dashboard())).extracting(Place::name).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void withoutALeaderAllAreThere() {
        ReducerStory told =
                new ReducerStory().cluster(ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));

        assertThat(StreamingTree.of(told.dashboard()))
                .extracting(Place::source)
                .containsExactly(Source.ASSUMED, Source.ASSUMED);
    }

    private static List<String> lines(ReducerStory told) {
        return StreamingTree.of(told.dashboard()).stream()
                .map(place -> place.level() + " " + place.name() + " " + place.source())
                .toList();
    }
}
