package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.Availability;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.ViewContext;
import io.patop.watch.model.Action;
import java.util.Optional;

/** Handles keys while a dialog is open. */
final class DialogKeys {

    private final ViewState state;
    private final ViewContext context;

    DialogKeys(ViewState state, ViewContext context) {
        this.state = state;
        this.context = context;
    }

    /** Returns whether the dialog has handled the key; other keys go to the view below. */
    boolean press(KeyStroke stroke, Dialog dialog) {
        Optional<Key> key = Key.of(stroke);
        if (key.filter(pressed -> pressed == Key.QUIT && stroke.isCtrlDown()).isPresent()) {
            state.quit = true;
        } else if (key.filter(pressed -> pressed == Key.BACK || pressed == Key.QUIT)
                .isPresent()) {
            state.dialog = Optional.empty();
        } else if (dialog instanceof Dialog.Confirmation question) {
            answer(stroke, question);
        } else if (dialog instanceof Dialog.Menu menu) {
            inMenu(key, menu);
        } else if (dialog instanceof Dialog.Drill drill) {
            inDrill(stroke, key, drill);
        } else if (dialog instanceof Dialog.Help help) {
            context.open(new Dialog.Help(
                    Math.max(0, help.scrolled() + key.map(Key::rows).orElse(0))));
        } else if (dialog instanceof Dialog.Text text) {
            context.open(text.scrolled(key.map(Key::rows).orElse(0)));
        } else if (key.filter(pressed -> pressed == Key.ENTER).isPresent()) {
            state.dialog = Optional.empty();
        } else {
            return false;
        }
        return true;
    }

    /** Returns whether a key is a yes. Only the letter y is; Enter is not, since it is pressed by habit. */
    static boolean isYes(KeyStroke stroke) {
        return isLetter(stroke, 'y');
    }

    private static boolean isLetter(KeyStroke stroke, char letter) {
        return stroke.getKeyType() == KeyType.Character
                && !stroke.isCtrlDown()
                && !stroke.isAltDown()
                && Character.toLowerCase(stroke.getCharacter()) == letter;
    }

    private void answer(KeyStroke stroke, Dialog.Confirmation question) {
        if (isYes(stroke)) {
            state.dialog = Optional.empty();
            context.order(question.action());
            if (question.action() instanceof Action.StartDrill) {
                context.open(new Dialog.Drill(0));
            }
            context.say("asked to " + question.action().words(), Ink.TEXT);
        } else if (isLetter(stroke, 'n')) {
            state.dialog = Optional.empty();
            context.say("nothing was done", Ink.DIM);
        }
    }

    private void inMenu(Optional<Key> key, Dialog.Menu menu) {
        if (key.filter(pressed -> pressed == Key.ENTER).isPresent()) {
            state.dialog = Optional.empty();
            menu.choices().get(menu.selected()).chosen().accept(context);
        } else {
            context.open(menu.moved(key.map(Key::rows).orElse(0)));
        }
    }

    private void inDrill(KeyStroke stroke, Optional<Key> key, Dialog.Drill drill) {
        if (stroke.getKeyType() == KeyType.Character && stroke.getCharacter() == 'c' && !stroke.isCtrlDown()) {
            context.ask(new Availability.Possible(new Action.StopDrill()));
        } else {
            context.open(new Dialog.Drill(
                    Math.max(0, drill.scrolled() + key.map(Key::rows).orElse(0))));
        }
    }
}
