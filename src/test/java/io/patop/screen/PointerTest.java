package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.TerminalReport.Button;
import io.patop.screen.terminal.TerminalReport.Mouse;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the mouse does on a frame: it finds what stands under it, and never says yes. */
class PointerTest {

    private static final long SECOND = 1_000_000_000L;

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> asked = new ArrayList<>();
    private final Keyboard keyboard = new Keyboard(state, asked::add);
    private final Pointer pointer = new Pointer();
    private final ReducerStory told = ReducerStory.healthy();
    private Optional<String> copied = Optional.empty();
    private long now;

    @BeforeEach
    void begin() {
        keyboard.keepUp(told.dashboard(), told.now());
    }

    @Test
    void aClickSelectsTheMemberUnderIt() {
        click("  b");
        assertThat(state.member.name()).contains("b");
        click("\u2605 a   ");
        assertThat(state.member.name()).contains("a");
    }

    @Test
    void aSecondClickOnTheSamePlaceEntersAndALaterOneDoesNot() {
        click("  b");
        now += SECOND;
        click("  b");
        assertThat(state.dialog).isEmpty();
        click("  b");
        assertThat(state.dialog.orElseThrow()).isInstanceOf(Dialog.Details.class);
    }

    @Test
    void theWheelMovesTheSelection() {
        drawn();
        act(new Mouse(Button.WHEEL_DOWN, 5, 5));
        assertThat(state.member.name()).contains("c");
        act(new Mouse(Button.WHEEL_UP, 5, 5));
        assertThat(state.member.name()).contains("a");
    }

    @Test
    void theNameOfAViewShowsItAndAFooterKeyIsPressed() {
        click("L Lanes");
        assertThat(state.views.shown()).isEqualTo(state.views.all().get(1));
        click("? Help");
        assertThat(state.dialog.orElseThrow()).isInstanceOf(Dialog.Help.class);
    }

    @Test
    void aChoiceOfAMenuIsSelectedAndNothingUnderADialogIs() {
        List<String> chosen = new ArrayList<>();
        state.dialog = Optional.of(new Dialog.Menu(
                "Which",
                List.of(
                        new Dialog.Choice("first thing", context -> chosen.add("first")),
                        new Dialog.Choice("other thing", context -> chosen.add("other"))),
                0));
        click("other thing");
        assertThat(((Dialog.Menu) state.dialog.orElseThrow()).selected()).isEqualTo(1);
        click("Enter chooses");
        click("Enter chooses");
        click("MEMBER");
        assertThat(chosen).isEmpty();
        assertThat(state.member.name()).contains("a");
        now += SECOND;
        click("other thing");
        click("other thing");
        assertThat(chosen).containsExactly("other");
    }

    @Test
    void noClickMeansYes() {
        state.dialog = Optional.of(question());
        for (int row = 0; row < 24; row++) {
            for (int column = 0; column < 80; column++) {
                drawn();
                act(new Mouse(Button.LEFT, column, row));
                act(new Mouse(Button.LEFT, column, row));
                if (state.quit || state.dialog.isEmpty()) {
                    state.quit = false;
                    state.dialog = Optional.of(question());
                }
            }
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void theSelectedRowIsFoundWholeForTheClipboard() {
        click("  b");
        drawn();
        assertThat(copied.orElseThrow()).contains("b").contains("Replica").contains("streaming");
    }

    private Dialog question() {
        return Questions.about(new Action.ScaleService("patroni_a", 0, Optional.of("a")), told.dashboard());
    }

    private void press(KeyStroke key) {
        Keyboard.Outcome unused = keyboard.press(key, scene());
    }

    /** Clicks on the first place where a text stands. */
    private void click(String text) {
        String[] lines = drawn().split("\n", -1);
        int row = (int)
                Arrays.stream(lines).takeWhile(line -> !line.contains(text)).count();
        assertThat(row).as("%s in %s", text, String.join("\n", lines)).isLessThan(lines.length);
        act(new Mouse(Button.LEFT, lines[row].indexOf(text), row));
    }

    private void act(Mouse mouse) {
        for (Pointer.Act act : pointer.acts(mouse, now)) {
            if (act instanceof Pointer.Act.Move move) {
                keyboard.move(move.rows(), scene());
            } else if (act instanceof Pointer.Act.Show show) {
                keyboard.show(show.view());
            } else if (act instanceof Pointer.Act.Press press) {
                press(press.key());
            }
        }
    }

    private Scene scene() {
        return new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, state.filter, false);
    }

    private String drawn() {
        BasicTextImage image = new BasicTextImage(new TerminalSize(100, 24));
        Canvas canvas = Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE);
        new Frame(scene(), state).draw(canvas);
        pointer.drawn(canvas.index());
        copied = canvas.index().selected();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 24; row++) {
            for (int column = 0; column < 100; column++) {
                text.append(image.getCharacterAt(column, row).getCharacterString());
            }
            text.append('\n');
        }
        return text.toString();
    }
}
