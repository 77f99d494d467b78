package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.StreamingTree.Place;
import io.patop.watch.StreamingTree.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingTreeTest {

    @Test
    void sendersTellWhoReceivesFromThem() {
        Told told = Told.healthy()
                .primary("a", 1, "b", "pg_receivewal")
                .node(
                        "b",
                        "{\"state\":\"running\",\"role\":\"replica\",\"replication\":[{\"application_name\":\"c\","
                                + "\"state\":\"streaming\",\"sync_state\":\"async\"}]}");

        assertThat(lines(told)).containsExactly("0 a LEADS", "1 b TOLD", "2 c TOLD", "1 pg_receivewal TOLD");
    }

    @Test
    void whereNobodyTellsTheTagDoes() {
        Told told = new Told()
                .cluster(
                        Told.leader("a", 1),
                        Told.replica("b", 1, 0),
                        Told.member(
                                "c",
                                "replica",
                                "running",
                                "\"timeline\":1,\"lag\":0,\"tags\":{\"replicatefrom\":\"b\"}"));

        assertThat(lines(told)).containsExactly("0 a LEADS", "1 b ASSUMED", "2 c TAGGED");
    }

    @Test
    void aRingLosesNobody() {
        Told told = new Told()
                .cluster(
                        Told.leader("a", 1),
                        Told.member("b", "replica", "running", "\"tags\":{\"replicatefrom\":\"c\"}"),
                        Told.member("c", "replica", "running", "\"tags\":{\"replicatefrom\":\"b\"}"));

        assertThat(StreamingTree.of(told.dashboard())).extracting(Place::name).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void withoutALeaderAllAreThere() {
        Told told = new Told().cluster(Told.replica("b", 1, 0), Told.replica("c", 1, 0));

        assertThat(StreamingTree.of(told.dashboard()))
                .extracting(Place::source)
                .containsExactly(Source.ASSUMED, Source.ASSUMED);
    }

    private static List<String> lines(Told told) {
        return StreamingTree.of(told.dashboard()).stream()
                .map(place -> place.level() + " " + place.name() + " " + place.source())
                .toList();
    }
}
