package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import io.patop.probe.Outcome;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Write;
import io.patop.recording.RecordingSummary;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.view.View;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every view, the talk mode and the help as they stand on 80 by 24 and on 160 by 45, for one fixed story: kept
 * in {@code src/test/resources/golden}, so that a change of a screen is seen in its diff. {@code -Dpatop.golden=write}
 * writes them anew; a view that has no file fails.
 */
class GoldenTest {

    private static final Path KEPT = Path.of("src/test/resources/golden");
    private static final boolean WRITE = "write".equals(System.getProperty("patop.golden"));
    private static final int[][] SIZES = {{80, 24}, {160, 45}};

    /** A failover that is nearly over: the old leader is still away. */
    private static final ReducerStory STORY = new ReducerStory()
            .cluster(
                    ReducerStory.leader("patroni1", 1),
                    ReducerStory.replica("patroni2", 1, 0),
                    ReducerStory.replica("patroni3", 1, 0))
            .primary("patroni1", 1, "patroni2", "patroni3")
            .standby("patroni2", 1)
            .standby("patroni3", 1)
            .seconds(60)
            .silent("patroni1")
            .seconds(9.4)
            .cluster(
                    ReducerStory.stopped("patroni1"),
                    ReducerStory.leader("patroni2", 1),
                    ReducerStory.replica("patroni3", 1, 0))
            .seconds(0.8)
            .primary("patroni2", 2, "patroni3")
            .standby("patroni3", 2)
            .cluster(
                    ReducerStory.stopped("patroni1"),
                    ReducerStory.leader("patroni2", 2),
                    ReducerStory.replica("patroni3", 2, 16_777_216))
            .seconds(2.5);

    static List<String> screens() {
        List<String> names = new ArrayList<>();
        for (View view : new ViewState(io.patop.control.FaultInjector.NONE).views.all()) {
            names.add(fileName(view.title()));
        }
        names.addAll(List.of("talk", "talk-outage", "help", "details"));
        return names;
    }

    @ParameterizedTest
    @MethodSource("screens")
    void standsAsItIsKept(String screen) throws IOException {
        for (int[] size : SIZES) {
            String drawn = draw(screen, size[0], size[1]);
            Path file = KEPT.resolve(screen + "-" + size[0] + "x" + size[1] + ".txt");
            if (WRITE) {
                Files.createDirectories(KEPT);
                Files.writeString(file, drawn);
            }
            assertThat(file).exists();
            assertThat(drawn)
                    .as("%s; -Dpatop.golden=write keeps the new one", file)
                    .isEqualTo(Files.readString(file));
        }
    }

    /** With {@code --ascii} no sign of patop's own is beyond it, on no screen. */
    @ParameterizedTest
    @MethodSource("screens")
    void isAsciiAloneWhereThatIsWanted(String screen) throws Exception {
        Dashboard recorded = recorded();
        for (int[] size : SIZES) {
            assertThat(draw(screen, size[0], size[1], Glyphs.ASCII, STORY.dashboard(), STORY.now()))
                    .matches("[ -~\n]+");
            assertThat(draw(screen, size[0], size[1], Glyphs.ASCII, recorded, lastOf(recorded)))
                    .matches("[ -~\n]+");
        }
    }

    @Test
    void aDurationWhoseBeginningWasMissedIsAsciiToo() throws Exception {
        Dashboard recorded = recorded();
        assertThat(draw("events", 160, 100, Glyphs.UNICODE, recorded, lastOf(recorded)))
                .contains("(after ≥ 28.2 s)");
        assertThat(draw("events", 160, 100, Glyphs.ASCII, recorded, lastOf(recorded)))
                .contains("(after >=28.2 s)");
    }

    private static Dashboard recorded() throws Exception {
        return RecordingSummary.read(Path.of("src/test/resources/traces/live-4.1.4.jsonl.gz"))
                .end();
    }

    private static Instant lastOf(Dashboard dashboard) {
        return dashboard.events().stream()
                .map(Event::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void nothingIsKeptThatIsNoScreen() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("-\\d+x\\d+\\.txt$", "")))
                    .isSubsetOf(screens());
        }
    }

    /** Half a minute of writes, of which the last ten seconds fail. */
    private static ReducerStory outage() {
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
        for (int i = 1; i <= 30; i++) {
            Outcome outcome = i <= 20 ? Outcome.ACKNOWLEDGED : i % 3 == 0 ? Outcome.UNKNOWN : Outcome.REFUSED;
            told.seconds(1).standby("b", 1).standby("c", 1);
            if (i == 21) {
                told.silent("a");
            }
            Write write = new Write(
                    i, told.now(), told.now().plusMillis(5), outcome, i <= 20 ? "" : "refused", Optional.empty());
            told.tell(new Observation.ProbeWrote(told.now().plusMillis(5), List.of(write)));
        }
        return told.seconds(0.4);
    }

    private static String draw(String screen, int columns, int rows) {
        return draw(screen, columns, rows, Glyphs.UNICODE, STORY.dashboard(), STORY.now());
    }

    private static String draw(String screen, int columns, int rows, Glyphs glyphs, Dashboard dashboard, Instant now) {
        if (screen.equals("talk-outage")) {
            ReducerStory told = outage();
            Pictures talk = new Pictures(looked(), glyphs);
            talk.press(told.dashboard(), told.now(), "T");
            return talk.draw(told.dashboard(), told.now(), columns, rows);
        }
        Pictures pictures = new Pictures(looked(), glyphs);
        pictures.draw(dashboard, now, columns, rows);
        switch (screen) {
            case "talk" -> pictures.press(dashboard, now, "T");
            case "help" -> pictures.press(dashboard, now, "?");
            case "details" -> pictures.press(dashboard, now, KeyType.Enter);
            default ->
                pictures.state.views.show(pictures.state.views.all().stream()
                        .filter(view -> fileName(view.title()).equals(screen))
                        .findFirst()
                        .orElseThrow());
        }
        return pictures.draw(dashboard, now, columns, rows);
    }

    private static FakeInspection looked() {
        FakeInspection looked = new FakeInspection(STORY.now().minusMillis(1400))
                .json(
                        "patroni2",
                        "/cluster",
                        "{\"members\": [" + ReducerStory.stopped("patroni1") + ", " + ReducerStory.leader("patroni2", 1)
                                + ", " + ReducerStory.replica("patroni3", 1, 0) + "], \"scope\": \"demo\"}")
                .json(
                        "patroni2",
                        "/cluster",
                        "{\"members\": [" + ReducerStory.stopped("patroni1") + ", " + ReducerStory.leader("patroni2", 2)
                                + ", " + ReducerStory.replica("patroni3", 2, 16_777_216) + "], \"scope\": \"demo\"}");
        for (String check : new String[] {"/primary", "/leader", "/read-write", "/read-only", "/health"}) {
            looked.refused("patroni1", check).code("patroni2", check, 200);
            looked.code("patroni3", check, check.equals("/read-only") || check.equals("/health") ? 200 : 503);
        }
        return looked.code("patroni2", "/replica", 503).code("patroni3", "/replica", 200);
    }

    private static String fileName(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
