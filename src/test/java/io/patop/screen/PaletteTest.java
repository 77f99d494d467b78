package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed after the colon finds every view, command and action by a part of its name. */
class PaletteTest {

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> asked = new ArrayList<>();
    private final Keyboard keyboard = new Keyboard(state, asked::add);
    private final ReducerStory told = ReducerStory.healthy();
    private boolean readOnly;

    @BeforeEach
    void begin() {
        keyboard.keepUp(told.dashboard(), told.now());
    }

    @ParameterizedTest
    @CsvSource({"topo, Topology", "prob, Probe", "hap, HAProxy", "tl, History", "health, Health", "vents, Events"})
    void aViewIsFoundByAPartOfItsNameOrByItsOtherNames(String typed, String title) {
        type(":" + typed);
        press(KeyType.Enter);
        assertThat(state.views.shown().title()).isEqualTo(title);
        assertThat(state.palette).isEmpty();
    }

    @Test
    void anActionIsFoundAndAsksFirst() {
        type(":reload its");
        press(KeyType.Enter);
        assertThat(state.dialog.orElseThrow()).isInstanceOf(Dialog.Confirmation.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void arrowsChooseAmongWhatWasFoundAndTabCompletes() {
        type(":t");
        List<Palette.Entry> found = state.palette.orElseThrow().matches();
        assertThat(found.get(0).name()).startsWith("t");
        press(KeyType.ArrowDown);
        assertThat(state.palette.orElseThrow().chosen()).contains(found.get(1));
        press(KeyType.Tab);
        assertThat(state.prompt.orElseThrow().text()).isEqualTo(found.get(1).name());
    }

    @Test
    void aWholeCommandIsRunAsTypedWhateverElseContainsIt() {
        type(":start");
        assertThat(state.palette.orElseThrow().matches()).hasSizeGreaterThan(1);
        press(KeyType.Enter);
        assertThat(state.notice.orElseThrow().text()).doesNotContain("no command");
        assertThat(state.prompt).isEmpty();
    }

    @Test
    void nothingFoundIsSaid() {
        type(":xyzzy");
        assertThat(draw()).contains("0 found");
        press(KeyType.Enter);
        assertThat(state.notice.orElseThrow().text()).contains("no command \"xyzzy\"");
    }

    @Test
    void aReadOnlyScreenFindsNoActions() {
        readOnly = true;
        type(":rest");
        assertThat(state.palette.orElseThrow().matches())
                .noneMatch(entry -> entry.name().contains("restart"));
    }

    @Test
    void whatIsFoundStandsAboveTheLineAndGoesWithIt() {
        type(":talk");
        assertThat(draw()).contains("found; Up, Down and Enter choose").containsPattern("talk +the few things");
        press(KeyType.Escape);
        assertThat(draw()).doesNotContain("found; Up");
        type(":");
        press(KeyType.Enter);
        assertThat(state.views.shown().title()).isEqualTo("Members");
    }

    private void type(String text) {
        for (int i = 0; i < text.length(); i++) {
            Keyboard.Outcome unused = keyboard.press(new KeyStroke(text.charAt(i), false, false), scene());
        }
    }

    private void press(KeyType type) {
        Keyboard.Outcome unused = keyboard.press(new KeyStroke(type), scene());
    }

    private Scene scene() {
        return new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, state.filter, readOnly);
    }

    private String draw() {
        BasicTextImage image = new BasicTextImage(new TerminalSize(100, 24));
        new Frame(scene(), state).draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE));
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
