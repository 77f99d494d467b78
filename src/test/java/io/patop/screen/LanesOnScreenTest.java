package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import io.patop.control.LocalCommand;
import io.patop.probe.Outcome;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Write;
import io.patop.screen.terminal.Glyphs;
import io.patop.watch.ManyNodes;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Observation;
import io.patop.watch.source.Inspection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lanes on the screen, and what keys do to them. */
class LanesOnScreenTest {

    private final Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);

    @Test
    void aFailoverIsSeenInEachLane() {
        ReducerStory told = failover();
        pictures.press(told.dashboard(), told.now(), "L");
        String screen = pictures.draw(told.dashboard(), told.now(), 100, 30);

        assertThat(row(screen, "a")).endsWith("━".repeat(10) + "╳".repeat(20) + "·".repeat(11));
        assertThat(row(screen, "b")).endsWith("─".repeat(29) + "━".repeat(11));
        assertThat(row(screen, "key")).endsWith("a".repeat(25) + "·".repeat(5) + "b".repeat(11));
        assertThat(row(screen, "writes")).contains("▂▂▂").contains("✗✗✗");
        assertThat(screen).contains("b holds the leader key in place of a").contains("━ leads  ─ streams");
    }

    @Test
    void withoutUnicodeTheStatesHaveSignsOfTheirOwn() {
        ReducerStory told = failover();
        Pictures ascii = new Pictures(Inspection.NONE, Glyphs.ASCII);
        ascii.press(told.dashboard(), told.now(), "L");
        String screen = ascii.draw(told.dashboard(), told.now(), 100, 30);

        assertThat(screen).matches("[ -~\n]+");
        assertThat(row(screen, "a")).endsWith("=".repeat(10) + "x".repeat(20) + ".".repeat(11));
    }

    @Test
    void aMomentTellsWhatWasKnownThen() {
        ReducerStory told = failover();
        pictures.press(told.dashboard(), told.now(), "L");
        pictures.draw(told.dashboard(), told.now(), 100, 30);
        for (int i = 0; i < 31; i++) {
            pictures.press(told.dashboard(), told.now(), KeyType.ArrowLeft);
        }
        assertThat(pictures.draw(told.dashboard(), told.now(), 100, 30))
                .contains("Events 12:00:10 to 12:00:11")
                .contains("leader a: REST API does not answer");
        pictures.press(told.dashboard(), told.now(), KeyType.Enter);

        assertThat(pictures.draw(told.dashboard(), told.now(), 100, 30))
                .containsPattern("a +silent")
                .containsPattern("key +a")
                .containsPattern("writes +refused");
    }

    @Test
    void aColumnStandsForMoreOrLessTime() {
        ReducerStory told = failover();
        pictures.press(told.dashboard(), told.now(), "L");
        assertThat(pictures.draw(told.dashboard(), told.now(), 100, 30)).contains("a column 1s");
        pictures.press(told.dashboard(), told.now(), ">>>>>>>>>>>>");
        assertThat(pictures.draw(told.dashboard(), told.now(), 100, 30)).contains("a column 5m 00s");
        pictures.press(told.dashboard(), told.now(), "<<<<<<<<<<<<");

        assertThat(pictures.draw(told.dashboard(), told.now(), 100, 30)).contains("a column 0.2 s");
    }

    /** Of a crowd, the leader and those to whom something happened are seen; the others are counted. */
    @Test
    void ofAThousandMembersTheImportantOnesAreDrawn() {
        ManyNodes crowd = ManyNodes.of(1000);
        ReducerStory told = new ReducerStory();
        told.tell(crowd.listed());
        crowd.nodes().forEach(told::tell);
        told.seconds(5).silent("patroni00777").seconds(1);
        pictures.press(told.dashboard(), told.now(), "L");
        String screen = pictures.draw(told.dashboard(), told.now(), 80, 24);

        assertThat(screen)
                .contains(" patroni00000 ")
                .contains(" patroni00777 ")
                .containsPattern("9\\d\\d more members");
        assertThat(row(screen, "patroni00777")).endsWith("╳");
    }

    @Test
    void theHomeViewHasThemWhereRowsAreFree() {
        ReducerStory told = failover();

        assertThat(pictures.draw(told.dashboard(), told.now(), 120, 40))
                .contains("Last 1m")
                .contains(" key ");
        assertThat(pictures.draw(told.dashboard(), told.now(), 80, 24)).doesNotContain(" key ");
    }

    @Test
    void theyAreExportedAsADrawing() {
        ReducerStory told = failover();
        List<LocalCommand> run = new java.util.ArrayList<>();
        pictures.state.backstage = new Recorded(run);
        pictures.press(told.dashboard(), told.now(), ":export lanes.svg");
        pictures.press(told.dashboard(), told.now(), KeyType.Enter);

        assertThat(run).singleElement().isInstanceOfSatisfying(LocalCommand.Save.class, save -> {
            assertThat(save.file()).contains("lanes.svg");
            assertThat(save.content())
                    .startsWith("<svg")
                    .contains("silent, ")
                    .contains("held by a, ")
                    .contains("write refused")
                    .contains("b holds the leader key in place of a");
        });
    }

    /** Takes what is run. */
    private record Recorded(List<LocalCommand> run) implements LocalCommands {
        @Override
        public void run(LocalCommand command) {
            run.add(command);
        }
    }

    private static String row(String screen, String name) {
        return screen.lines()
                .filter(line -> line.startsWith(" " + name + " "))
                .findFirst()
                .orElseThrow();
    }

    /** Ten seconds of calm, twenty until b leads, ten after that; a write a second. */
    private static ReducerStory failover() {
        ReducerStory told = ReducerStory.healthy();
        told.tell(new Observation.ProbeStarted(
                told.now(),
                new ProbeTarget(
                        "postgres at haproxy:5000",
                        "patop_probe",
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Optional.empty())));
        for (int second = 1; second <= 40; second++) {
            told.seconds(1);
            if (second < 10) {
                told.primary("a", 1, "b", "c").standby("b", 1).standby("c", 1);
            } else if (second == 10) {
                told.silent("a");
            } else if (second == 25) {
                told.cluster(
                        ReducerStory.stopped("a"), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
            } else if (second == 30) {
                told.cluster(ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0))
                        .primary("b", 2, "c");
            }
            boolean good = second < 10 || second > 30;
            told.tell(new Observation.ProbeWrote(
                    told.now(),
                    List.of(new Write(
                            second,
                            told.now().minusMillis(2),
                            told.now(),
                            good ? Outcome.ACKNOWLEDGED : Outcome.REFUSED,
                            good ? "" : "refused",
                            Optional.empty()))));
        }
        return told;
    }
}
