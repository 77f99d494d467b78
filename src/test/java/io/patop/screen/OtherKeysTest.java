package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.KeyBindings;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that a person has put elsewhere: they press what they stand for, and never answer a question. */
class OtherKeysTest {

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> asked = new ArrayList<>();
    private final Keyboard keyboard = new Keyboard(state, asked::add);
    private final ReducerStory told = ReducerStory.healthy();

    @BeforeEach
    void begin() {
        keyboard.keepUp(told.dashboard(), told.now());
        state.keys = KeyBindings.of(Map.of(
                Key.COPY, List.of(stroke('w')),
                Key.HOLD, List.of(stroke('p')),
                Key.QUIT, List.of(stroke('x')),
                Key.BACK, List.of(stroke('b'))));
    }

    @Test
    void theKeyThatCopiesIsNoYesWhereverItIs() {
        state.dialog =
                Optional.of(Questions.about(new Action.ScaleService("demo_a", 0, Optional.of("a")), told.dashboard()));

        press(stroke('w'));
        assertThat(asked).isEmpty();
        assertThat(state.dialog).isPresent();

        press(stroke('y'));
        assertThat(asked).hasSize(1);
    }

    @Test
    void theOldKeyMeansNothingAndTheNewOneWorks() {
        press(stroke(' '));
        assertThat(state.held).isEmpty();
        press(stroke('p'));
        assertThat(state.held).isPresent();
    }

    @Test
    void escapeEnterAndCtrlCStay() {
        assertThat(keyboard.press(new KeyStroke('c', true, false), scene())).isEqualTo(Keyboard.Outcome.QUIT);
        state.filter = "a";
        press(new KeyStroke(KeyType.Escape));
        assertThat(state.filter).isEmpty();
        press(new KeyStroke(KeyType.Enter));
        assertThat(state.dialog).isPresent();
    }

    private void press(KeyStroke key) {
        Keyboard.Outcome unused = keyboard.press(key, scene());
    }

    private Scene scene() {
        return new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, state.filter, false);
    }

    private static KeyStroke stroke(char letter) {
        return new KeyStroke(letter, false, false);
    }
}
