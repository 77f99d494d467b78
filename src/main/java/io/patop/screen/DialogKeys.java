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

/** What a key does while a dialog is open: whether the dialog takes it; what it leaves goes to the view below. */
final class DialogKeys implements Dialog.Cases<Boolean> {

    private final ViewState state;
    private final ViewContext context;
    private final KeyStroke stroke;
    private final Optional<Key> key;
    private final int rows;

    DialogKeys(ViewState state, ViewContext context, KeyStroke stroke) {
        this(state, context, stroke, Key.of(stroke).map(Key::rows).orElse(0));
    }

    private DialogKeys(ViewState state, ViewContext context, KeyStroke stroke, int rows) {
        this.state = state;
        this.context = context;
        this.stroke = stroke;
        this.key = Key.of(stroke);
        this.rows = rows;
    }

    /** Moves the selection or scrolls, as the mouse does. */
    static void move(ViewState state, ViewContext context, Dialog dialog, int rows) {
        KeyStroke down = Key.DOWN.stroke();
        boolean unused = dialog.choose(new DialogKeys(state, context, down, rows));
    }

    /** Whether the dialog has taken the key. */
    boolean press(Dialog dialog) {
        if (key.filter(pressed -> pressed == Key.QUIT && stroke.isCtrlDown()).isPresent()) {
            state.quit = true;
        } else if (key.filter(pressed -> pressed == Key.BACK || pressed == Key.QUIT)
                .isPresent()) {
            state.dialog = Optional.empty();
        } else {
            return dialog.choose(this);
        }
        return true;
    }

    private boolean isEnter() {
        return key.filter(pressed -> pressed == Key.ENTER).isPresent();
    }

    @Override
    public Boolean help(Dialog.Help help) {
        context.open(new Dialog.Help(Math.max(0, help.scrolled() + rows)));
        return true;
    }

    @Override
    public Boolean text(Dialog.Text text) {
        context.open(text.scrolled(rows));
        return true;
    }

    /** The member below it can be walked on from. */
    @Override
    public Boolean details(Dialog.Details details) {
        if (isEnter()) {
            state.dialog = Optional.empty();
        }
        return isEnter();
    }

    /** Whether a key is a yes. Only the letter y is; Enter is not, since it is pressed by habit. */
    static boolean isYes(KeyStroke stroke) {
        return isLetter(stroke, 'y');
    }

    /** Whether a key answers a question. */
    static boolean isAnswer(KeyStroke stroke) {
        return isYes(stroke) || isLetter(stroke, 'n');
    }

    private static boolean isLetter(KeyStroke stroke, char letter) {
        return stroke.getKeyType() == KeyType.Character
                && !stroke.isCtrlDown()
                && !stroke.isAltDown()
                && Character.toLowerCase(stroke.getCharacter()) == letter;
    }

    @Override
    public Boolean confirmation(Dialog.Confirmation question) {
        if (isYes(stroke)) {
            state.dialog = Optional.empty();
            context.order(question.action());
            question.next().ifPresent(context::open);
            context.say("asked to " + question.action().text(), Ink.TEXT);
        } else if (isLetter(stroke, 'n')) {
            state.dialog = Optional.empty();
            context.say("nothing was done", Ink.DIM);
        } else {
            other(question).ifPresent(choice -> choice.chosen().accept(context));
        }
        return true;
    }

    /** The other action whose digit was pressed: 2 for the first, since y stands for the one that is asked about. */
    private Optional<Dialog.Choice> other(Dialog.Confirmation question) {
        boolean digit = stroke.getKeyType() == KeyType.Character && !stroke.isCtrlDown() && !stroke.isAltDown();
        int chosen = digit ? stroke.getCharacter() - '2' : -1;
        return chosen >= 0 && chosen < question.others().size()
                ? Optional.of(question.others().get(chosen))
                : Optional.empty();
    }

    @Override
    public Boolean menu(Dialog.Menu menu) {
        if (isEnter()) {
            state.dialog = Optional.empty();
            menu.choices().get(menu.selected()).chosen().accept(context);
        } else {
            context.open(menu.moved(rows));
        }
        return true;
    }

    @Override
    public Boolean drill(Dialog.Drill drill) {
        if (stroke.getKeyType() == KeyType.Character && stroke.getCharacter() == 'c' && !stroke.isCtrlDown()) {
            context.ask(new Availability.Possible(new Action.StopDrill()));
        } else {
            context.open(new Dialog.Drill(Math.max(0, drill.scrolled() + rows)));
        }
        return true;
    }
}
