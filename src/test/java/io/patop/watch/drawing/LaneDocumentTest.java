package io.patop.watch.drawing;

import static io.patop.watch.ReducerStory.leader;
import static io.patop.watch.ReducerStory.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.ReducerStory;
import io.patop.watch.Trace;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The lanes of a real failover as a document, for an incident report. */
class LaneDocumentTest {

    private static final Instant END = Trace.START.plusSeconds(60);

    @Test
    void aRealFailoverHasALaneForEachMemberAndItsTurningPointsBelow() throws Exception {
        Dashboard dashboard = Dashboard.EMPTY;
        for (Observation observation : Trace.read("clean-stop").observations()) {
            dashboard = Reducer.reduce(dashboard, observation);
        }
        List<String> texts = texts(LaneDocument.of(dashboard, Trace.START, END, ZoneOffset.UTC));

        assertThat(texts).contains("patroni1", "patroni2", "patroni3", "key");
        Event changed = dashboard.events().stream()
                .filter(event -> event.kind() == Event.Kind.LEADER_CHANGED)
                .findFirst()
                .orElseThrow();
        assertThat(texts).anyMatch(text -> text.endsWith(changed.text()));
        assertThat(texts).noneMatch(text -> text.contains("REST API does not answer"));
    }

    @Test
    void whatHappenedAtAnotherTimeIsNotMarked() throws Exception {
        Dashboard dashboard = Dashboard.EMPTY;
        for (Observation observation : Trace.read("clean-stop").observations()) {
            dashboard = Reducer.reduce(dashboard, observation);
        }
        Instant later = END.plusSeconds(600);

        assertThat(LaneDocument.of(dashboard, later, later.plusSeconds(60), ZoneOffset.UTC))
                .doesNotContain("promoted");
    }

    /** A member's name is text from outside. */
    @Test
    void aHostileNameIsNoMarkup() throws Exception {
        String name = "<script>alert(1)</script>&";
        Dashboard dashboard = ReducerStory.healthy()
                .cluster(leader("a", 1), replica(name, 1, 0))
                .seconds(5)
                .cluster(leader("a", 1), replica(name, 1, 0))
                .dashboard();
        String svg = LaneDocument.of(dashboard, ReducerStory.START, ReducerStory.START.plusSeconds(10), ZoneOffset.UTC);

        assertThat(svg).doesNotContain("<script>");
        assertThat(texts(svg)).anyMatch(text -> text.startsWith("<script>"));
    }

    private static List<String> texts(String svg) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        NodeList texts = document.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }
}
