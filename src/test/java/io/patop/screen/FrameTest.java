package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands on the screen, for a story told to the reducer; and what keys do to it. */
class FrameTest {

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> asked = new ArrayList<>();

    @Test
    void allThatCountsStandsOn80By24() {
        String screen = draw(ReducerStory.healthy().seconds(1).silent("a"), 80, 24, Glyphs.UNICODE);

        assertThat(screen.lines()).hasSize(24).allSatisfy(line -> assertThat(line.length())
                .isLessThanOrEqualTo(80));
        assertThat(screen)
                .contains("Leader ★ a  timeline 1")
                .contains("no answer 0s")
                .contains("failover of a: waiting for a new leader")
                .contains("leader a: REST API does not answer (refused)")
                .contains("q Quit  ? Help");
        assertThat(screen.lines().filter(line -> line.matches("^. . [abc] .*"))).hasSize(3);
    }

    @Test
    void whatIsOldStandsInBracketsAndWhatIsUnknownIsNoZero() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("b")
                .cluster(ReducerStory.leader("a", 1), ReducerStory.stopped("b"), ReducerStory.replica("c", 1, 0));

        String row = draw(told, 80, 24, Glyphs.UNICODE)
                .lines()
                .filter(line -> line.contains("✗ b"))
                .findFirst()
                .orElseThrow();
        assertThat(row).contains("(stopped)").contains("?").doesNotContain("0 B");
    }

    @Test
    void namesAreCutOnlyWhereThereIsNoRoomForThem() {
        ReducerStory told = new ReducerStory()
                .cluster(
                        ReducerStory.leader("patroni1", 1),
                        ReducerStory.replica("patroni2", 1, 0),
                        ReducerStory.replica("patroni3", 1, 0))
                .primary("patroni1", 1, "patroni2", "patroni3")
                .standby("patroni2", 1)
                .standby("patroni3", 1)
                .seconds(1)
                .silent("patroni1")
                .seconds(30)
                .cluster(ReducerStory.leader("patroni2", 2), ReducerStory.replica("patroni3", 2, 0));

        for (int columns = 60; columns < 130; columns++) {
            assertThat(draw(told, columns, 24, Glyphs.UNICODE))
                    .as("%d columns", columns)
                    .contains("✗ patroni1", "★ patroni2", "  patroni3");
        }
    }

    @Test
    void versionsStandThereWhileTheyDiffer() {
        ReducerStory told = ReducerStory.healthy();
        assertThat(draw(told, 100, 24, Glyphs.UNICODE)).doesNotContain("PG");

        told.node("a", "{\"state\":\"running\",\"role\":\"master\",\"timeline\":1,\"server_version\":150020}")
                .node("b", "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"server_version\":150022}");
        assertThat(draw(told, 100, 24, Glyphs.UNICODE)).contains("PG", "15.20", "15.22");
    }

    @Test
    void asciiMeansAscii() {
        String screen = draw(ReducerStory.healthy().seconds(1).silent("a"), 80, 24, Glyphs.ASCII);

        assertThat(screen.chars().filter(c -> c > 126)).isEmpty();
    }

    @Test
    void nothingFromOutsideBreaksTheScreen() {
        ReducerStory told = new ReducerStory()
                .cluster(
                        ReducerStory.member("x\\u001b[31m\\u202e\\u0007y", "leader", "run\\nning", "\"timeline\":1"),
                        ReducerStory.member("日本".repeat(500), "replica", "running", "\"lag\":0"));

        String screen = draw(told, 80, 24, Glyphs.UNICODE);
        assertThat(screen.lines()).hasSize(24);
        assertThat(screen).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\u0007");
    }

    @Test
    void anySizeCanBeDrawn() {
        ReducerStory told = ReducerStory.healthy().seconds(1).silent("a");
        for (int columns = 1; columns < 200; columns += 13) {
            for (int rows = 1; rows < 60; rows += 7) {
                assertThat(draw(told, columns, rows, Glyphs.UNICODE).lines()).hasSize(rows);
            }
        }
    }

    @Test
    void aViewWithABugIsAMessageInItsPlace() {
        state.views.show(new View() {
            @Override
            public String title() {
                return "Broken";
            }

            @Override
            public void draw(Canvas canvas, Scene scene) {
                throw new IllegalStateException("no \u001b[31m luck");
            }

            @Override
            public void move(int rows, Scene scene) {}
        });

        assertThat(draw(ReducerStory.healthy(), 80, 24, Glyphs.UNICODE))
                .contains("Leader ★ a", "a bug: the view Broken cannot be drawn", "q Quit")
                .doesNotContain("\u001b");
        state.views.next(1);
        assertThat(draw(ReducerStory.healthy(), 80, 24, Glyphs.UNICODE)).doesNotContain("a bug");
    }

    @Test
    void pastedTextIsTypedIntoALineAndIsNeverKeys() {
        ReducerStory told = ReducerStory.healthy();
        keyboard().paste("Ky", scene(told));
        assertThat(state.dialog).isEmpty();
        assertThat(state.notice.orElseThrow().text()).isEqualTo("pasted text is not taken for keys");

        press(told, '/');
        keyboard().paste("b\nc", scene(told));
        assertThat(state.filter).isEqualTo("b");
    }

    @Test
    void aQuestionLapsesWhenTheLeaderChanges() {
        ReducerStory told = ReducerStory.healthy();
        state.dialog =
                Optional.of(Questions.about(new Action.ScaleService("demo_a", 0, Optional.of("a")), told.dashboard()));
        told.cluster(ReducerStory.stopped("a"), ReducerStory.leader("b", 2), ReducerStory.replica("c", 1, 0));

        draw(told, 80, 24, Glyphs.UNICODE);
        press(told, 'y');

        assertThat(asked).isEmpty();
        assertThat(state.notice.orElseThrow().text())
                .contains("nothing was done: the leader changed meanwhile (a to b)");
    }

    @Test
    void onlyTheLetterYIsYes() {
        ReducerStory told = ReducerStory.healthy();
        Action stop = new Action.ScaleService("demo_a", 0, Optional.of("a"));
        state.dialog = Optional.of(Questions.about(stop, told.dashboard()));
        press(told, '\n');
        press(told, ' ');
        assertThat(asked).isEmpty();

        press(told, 'y');
        assertThat(asked).containsExactly(stop);
    }

    private String draw(ReducerStory told, int columns, int rows, Glyphs glyphs) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(columns, rows));
        keyboard().keepUp(told.dashboard(), told.now());
        new Frame(scene(told), state).draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), glyphs));
        StringBuilder screen = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                screen.append(image.getCharacterAt(column, row).getCharacterString());
            }
            screen.append('\n');
        }
        return screen.toString();
    }

    private void press(ReducerStory told, char key) {
        Keyboard.Outcome outcome = keyboard().press(new KeyStroke(key, false, false), scene(told));
        assertThat(outcome).isEqualTo(Keyboard.Outcome.GO_ON);
    }

    private Scene scene(ReducerStory told) {
        return new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, state.filter, false);
    }

    private Keyboard keyboard() {
        return new Keyboard(state, asked::add);
    }
}
