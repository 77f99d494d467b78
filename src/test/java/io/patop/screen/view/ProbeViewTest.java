package io.patop.screen.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import io.patop.control.FaultInjector;
import io.patop.probe.Dsn;
import io.patop.probe.Numbers;
import io.patop.probe.Outcome;
import io.patop.probe.ProbeSettings;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import io.patop.screen.Frame;
import io.patop.screen.Keyboard;
import io.patop.screen.ViewState;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Observation;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The write probe on the home view and on its own. */
class ProbeViewTest {

    private static final Server A = new Server("10.0.0.97", 5432, ReducerStory.START);
    private static final ProbeTarget TARGET = ProbeSettings.of(Dsn.parse("postgresql://app@haproxy:5000/db", Map.of()))
            .target();

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private long number;

    @Test
    void membersStopwatchProbeAndEventsFitOn80By24() {
        ReducerStory told = failing();

        String screen = draw(told, 80, 24, Glyphs.UNICODE);
        assertThat(screen.lines()).hasSize(24).allSatisfy(line -> assertThat(line.length())
                .isLessThanOrEqualTo(80));
        assertThat(screen.lines().filter(line -> line.matches("^. . [abc] .*"))).hasSize(3);
        assertThat(screen)
                .contains("failover of a: waiting for a new leader")
                .contains("first write …")
                .contains("Write probe: 20 acknowledged, 20 refused; longest outage 2.1 ± 0.1 s")
                .contains("▮▮xx  NOBODY CAN WRITE: 2.1 s")
                .contains("─ Events ─")
                .contains("writes are refused: connection refused");
    }

    @Test
    void whereWritesAreAcknowledgedItNamesTheServer() {
        assertThat(draw(writing(), 80, 24, Glyphs.UNICODE))
                .contains("Write probe: 20 acknowledged; no outage")
                .contains("▮▮  writable on a");
    }

    @Test
    void withoutAProbeNothingIsSaidOfIt() {
        assertThat(draw(ReducerStory.healthy(), 80, 24, Glyphs.UNICODE)).doesNotContain("Write probe");
    }

    @Test
    void itsOwnViewTellsTheLastMinutesAndEveryOutage() {
        ReducerStory told = failing();
        write(told, Outcome.ACKNOWLEDGED);
        state.views.show(state.views.named("p").orElseThrow());

        String screen = draw(told, 80, 24, Glyphs.UNICODE);
        assertThat(screen)
                .contains("writable on a")
                .contains("21 acknowledged, 20 refused; longest outage 2.0 ± 0.1 s")
                .contains("12:00 ▮▮xx")
                .contains("app@haproxy:5000/db into patop_probe, 10 a second")
                .contains("▮ acknowledged  ▯ some failed  x refused  ? unknown")
                .contains("Outages of writes (1)")
                .containsPattern("SINCE +LASTED +REFUSED +UNKNOWN +AT FIRST")
                .containsPattern("12:00:01 +2.0 ± 0.1 s +20 +0 +connection refused");
    }

    @Test
    void aLossStandsOnBothViews() {
        ReducerStory told = writing();
        told.tell(new Observation.ProbeVerified(
                told.now(),
                new Verdict(
                        told.now(),
                        Optional.of(A),
                        20,
                        Numbers.of(17, 18, 19),
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        false)));

        assertThat(draw(told, 80, 24, Glyphs.UNICODE)).contains("LOST 3: number 17-19");
        state.views.show(state.views.named("probe").orElseThrow());
        assertThat(draw(told, 80, 24, Glyphs.UNICODE)).contains("LOST 3: number 17-19");
    }

    @Test
    void asciiMeansAscii() {
        ReducerStory told = failing();
        for (String view : List.of("members", "probe")) {
            state.views.show(state.views.named(view).orElseThrow());
            String screen = draw(told, 80, 24, Glyphs.ASCII);
            assertThat(screen.chars().filter(c -> c > 126)).isEmpty();
            assertThat(screen).contains("##xx");
        }
    }

    @Test
    void anySizeCanBeDrawn() {
        ReducerStory told = failing();
        for (String view : List.of("members", "probe")) {
            state.views.show(state.views.named(view).orElseThrow());
            for (int columns = 1; columns < 200; columns += 13) {
                for (int rows = 1; rows < 60; rows += 7) {
                    assertThat(draw(told, columns, rows, Glyphs.UNICODE).lines())
                            .hasSize(rows);
                }
            }
        }
    }

    @Test
    void nothingOfASecretOrOfAnEscapeReachesTheScreen() {
        ReducerStory told = writing();
        told.seconds(0.1);
        told.tell(new Observation.ProbeWrote(
                told.now(),
                List.of(new Write(
                        99, told.now(), told.now(), Outcome.REFUSED, "\u001b[31m no\u202e", Optional.empty()))));

        assertThat(draw(told, 80, 24, Glyphs.UNICODE)).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    /** Two seconds of writes on a. */
    private ReducerStory writing() {
        ReducerStory told = ReducerStory.healthy();
        told.tell(new Observation.ProbeStarted(told.now(), TARGET));
        for (int i = 0; i < 20; i++) {
            write(told, Outcome.ACKNOWLEDGED);
            told.seconds(0.1);
        }
        return told;
    }

    /** And then two seconds of refusals, while a is gone. */
    private ReducerStory failing() {
        ReducerStory told = writing();
        told.silent("a");
        for (int i = 0; i < 20; i++) {
            write(told, Outcome.REFUSED);
            told.seconds(0.1);
        }
        return told;
    }

    private void write(ReducerStory told, Outcome outcome) {
        number++;
        boolean well = outcome == Outcome.ACKNOWLEDGED;
        told.tell(new Observation.ProbeWrote(
                told.now(),
                List.of(new Write(
                        number,
                        told.now(),
                        told.now(),
                        outcome,
                        well ? "" : "connection refused",
                        well ? Optional.of(A) : Optional.empty()))));
    }

    private String draw(ReducerStory told, int columns, int rows, Glyphs glyphs) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(columns, rows));
        Scene scene = new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, "", false);
        new Keyboard(state, action -> {}).keepUp(told.dashboard(), told.now());
        new Frame(scene, state).draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), glyphs));
        StringBuilder screen = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                screen.append(image.getCharacterAt(column, row).getCharacterString());
            }
            screen.append('\n');
        }
        return screen.toString();
    }
}
