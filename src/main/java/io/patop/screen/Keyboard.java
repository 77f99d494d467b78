package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import io.patop.control.LocalCommand;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.ForecastLine;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewContext;
import io.patop.screen.view.ViewKey;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Handles keys: they change the view state, and the cluster after a question has been answered with yes. A question
 * names its target and lapses when the facts it named change, so that nothing acts on another row that has moved
 * under the cursor. A key goes to the line that is being typed, else to the dialog, else to the view, else it is one
 * that works everywhere.
 */
public final class Keyboard {

    public enum Outcome {
        GO_ON,
        REDRAW,
        /** Back to the fleet. */
        LEAVE,
        SUSPEND,
        /** What {@link View#copied} tells goes to the clipboard, else the selected row. */
        COPY,
        QUIT
    }

    private final ViewState state;
    private final Consumer<Action> actions;

    public Keyboard(ViewState state, Consumer<Action> actions) {
        this.state = state;
        this.actions = actions;
    }

    /** Adapts the view state to a new dashboard: selects a row if none is selected, and lets a question lapse. */
    public void keepUp(Dashboard dashboard, Instant now) {
        tellOutcome(dashboard, now);
        if (state.member.name().isEmpty()) {
            state.member.select(dashboard.leadership().present().or(() -> dashboard.members().keySet().stream()
                    .findFirst()));
        }
        if (state.dialog.isPresent() && state.dialog.get() instanceof Dialog.Confirmation question) {
            question.facts().changed(dashboard).ifPresent(change -> {
                state.dialog = Optional.empty();
                state.notice = Optional.of(Notice.of("nothing was done: " + change, Ink.WARNING, now));
            });
        }
    }

    /** Shows the outcome of an action in the status line, whichever view is shown by then. */
    private void tellOutcome(Dashboard dashboard, Instant now) {
        long news = Math.min(
                dashboard.eventsSeen() - state.eventsTold, dashboard.events().size());
        state.eventsTold = dashboard.eventsSeen();
        List<Event> events = dashboard.events();
        for (Event event : events.subList((int) (events.size() - Math.max(0, news)), events.size())) {
            if (event.kind() == Event.Kind.ACTION_DONE || event.kind() == Event.Kind.ACTION_FAILED) {
                Ink ink = event.kind() == Event.Kind.ACTION_DONE ? Ink.GOOD : Ink.BAD;
                state.notice = Optional.of(Notice.of(event.text(), ink, now));
            }
        }
    }

    public Outcome press(KeyStroke typed, Scene scene) {
        if (state.prompt.isPresent()) {
            inPrompt(typed, state.prompt.get());
            return state.quit ? Outcome.QUIT : Outcome.GO_ON;
        }
        return meant(typed).map(stroke -> pressed(stroke, scene)).orElse(Outcome.GO_ON);
    }

    /** A question is answered by the letters y and n themselves, wherever other keys have been put. */
    private Optional<KeyStroke> meant(KeyStroke typed) {
        boolean asks =
                state.dialog.filter(Dialog.Confirmation.class::isInstance).isPresent();
        return asks && DialogKeys.isAnswer(typed)
                ? Optional.of(typed)
                : state.keys.standard(typed).filter(stroke -> !asks || !DialogKeys.isAnswer(stroke));
    }

    private Outcome pressed(KeyStroke stroke, Scene scene) {
        ViewContext context = new ScreenContext(state, actions, scene);
        if (state.dialog.isEmpty() || !new DialogKeys(state, context, stroke).press(state.dialog.get())) {
            if (state.talking) {
                return whileTalking(stroke, scene, context);
            }
            Optional<ViewKey> own = state.playback
                    .flatMap(replay -> ViewKey.of(ReplayKeys.ALL, stroke))
                    .or(() -> ViewKey.of(state.views.shown().keys(), stroke));
            if (own.isPresent()) {
                own.get().effect().accept(scene, context);
            } else {
                return everywhere(stroke, scene, context);
            }
        }
        return state.quit ? Outcome.QUIT : Outcome.GO_ON;
    }

    /**
     * Moves what is in front by rows, as a click on another row or the wheel does: an open dialog, else the view. A
     * line that is being typed stays as it is.
     */
    void move(int rows, Scene scene) {
        if (state.prompt.isPresent()) {
            return;
        }
        if (state.dialog.isPresent()) {
            DialogKeys.move(state, new ScreenContext(state, actions, scene), state.dialog.get(), rows);
        } else if (!state.talking) {
            state.views.shown().move(rows, scene);
        }
    }

    /** Shows the view of this place among the views, unless a line is being typed or a dialog is open. */
    void show(int view) {
        if (state.prompt.isEmpty() && state.dialog.isEmpty()) {
            state.views.show(state.views.all().get(view));
        }
    }

    /** Puts pasted text into the line that is being typed; pasted text is never taken for keys. */
    void paste(String text, Scene scene) {
        if (state.prompt.isEmpty()) {
            new ScreenContext(state, actions, scene).say("pasted text is not taken for keys", Ink.WARNING);
            return;
        }
        Prompt prompt = state.prompt.get();
        String line = text.lines().findFirst().orElse("");
        for (int i = 0; i < line.length(); i++) {
            prompt = prompt.typed(line.charAt(i));
        }
        retype(prompt);
    }

    private Outcome everywhere(KeyStroke stroke, Scene scene, ViewContext context) {
        Optional<Key> key = Key.of(stroke);
        if (key.isEmpty()) {
            digit(stroke).flatMap(state.views::byDigit).ifPresent(context::show);
            return Outcome.GO_ON;
        }
        MemberKeys member = new MemberKeys(state.views.shown(), state.faults, scene, context);
        switch (key.get()) {
            case QUIT -> {
                return Outcome.QUIT;
            }
            case REDRAW -> {
                return Outcome.REDRAW;
            }
            case SUSPEND -> {
                return Outcome.SUSPEND;
            }
            case COPY -> {
                // A yes to a question that has just lapsed must not hide why nothing was done.
                if (state.notice.filter(notice -> notice.ink() == Ink.WARNING).isEmpty()) {
                    return Outcome.COPY;
                }
            }
            case UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST ->
                state.views.shown().move(key.get().rows(), scene);
            case NEXT_VIEW -> state.views.next(1);
            case PREVIOUS_VIEW -> state.views.next(-1);
            case ENTER -> member.details();
            case BACK -> {
                if (state.filter.isEmpty() && state.fleetName.isPresent()) {
                    return Outcome.LEAVE;
                }
                state.filter = "";
            }
            case TALK -> state.talking = true;
            case LANES -> state.views.byKey(Key.LANES).ifPresent(context::show);
            case HELP -> context.open(new Dialog.Help(0));
            case FILTER -> context.type(new Prompt("/", state.filter, filter()));
            case COMMAND -> PalettePrompt.open(state, scene, context);
            case HOLD -> {
                state.held = state.held.isPresent() ? Optional.empty() : Optional.of(scene.dashboard());
                state.heldAt = scene.now();
            }
            case STOP -> member.stop();
            case START -> member.start();
            case DRILL -> new DrillMenus(state.faults, scene, context).open();
            case KILL_LEADER -> member.killLeader();
            case FORECAST -> context.open(ForecastLine.explanation(scene));
            case RECORD -> context.run(new LocalCommand.Recording(Optional.empty()));
            case PICTURE -> state.snapshot = Optional.of(new Snapshot(Optional.empty(), Snapshot.Format.SVG));
            case ACTIONS -> member.menu();
            case CLUSTER -> member.clusterMenu();
        }
        return Outcome.GO_ON;
    }

    /**
     * Handles keys in the talk mode: keys that act on a view do nothing, keys that lead to a view end the talk mode.
     */
    private Outcome whileTalking(KeyStroke stroke, Scene scene, ViewContext context) {
        Optional<Key> key = Key.of(stroke);
        if (key.isEmpty()) {
            digit(stroke).flatMap(state.views::byDigit).ifPresent(context::show);
            return Outcome.GO_ON;
        }
        return switch (key.get()) {
            case BACK, TALK, NEXT_VIEW, PREVIOUS_VIEW -> {
                state.talking = false;
                yield Outcome.GO_ON;
            }
            case QUIT, REDRAW, HELP, COMMAND, HOLD, KILL_LEADER -> everywhere(stroke, scene, context);
            default -> Outcome.GO_ON;
        };
    }

    private static Optional<Character> digit(KeyStroke stroke) {
        return Optional.ofNullable(stroke.getCharacter())
                .filter(character -> character >= '0' && character <= '9' && !stroke.isCtrlDown());
    }

    private Prompt.Purpose filter() {
        return new Prompt.Purpose() {
            @Override
            public void typed(String text) {
                state.filter = text;
            }

            @Override
            public void entered(String text) {
                state.filter = text;
            }

            @Override
            public void dropped() {
                state.filter = "";
            }
        };
    }

    private void inPrompt(KeyStroke stroke, Prompt prompt) {
        switch (stroke.getKeyType()) {
            case Escape -> {
                state.prompt = Optional.empty();
                prompt.purpose().dropped();
            }
            case Enter -> {
                state.prompt = Optional.empty();
                prompt.purpose().entered(prompt.text());
            }
            case Backspace -> retype(prompt.erased());
            case Delete -> retype(prompt.deleted());
            case ArrowLeft -> state.prompt = Optional.of(prompt.moved(-1));
            case ArrowRight -> state.prompt = Optional.of(prompt.moved(1));
            case Home -> state.prompt = Optional.of(prompt.moved(-prompt.text().length()));
            case End -> state.prompt = Optional.of(prompt.moved(prompt.text().length()));
            case Character -> {
                if (stroke.isCtrlDown()) {
                    state.prompt = Optional.empty();
                    state.palette = Optional.empty();
                    state.quit = stroke.getCharacter() == 'c';
                } else {
                    retype(prompt.typed(stroke.getCharacter()));
                }
            }
            default -> prompt.purpose().pressed(stroke, prompt.text()).ifPresent(text -> retype(prompt.replaced(text)));
        }
    }

    private void retype(Prompt prompt) {
        state.prompt = Optional.of(prompt);
        prompt.purpose().typed(prompt.text());
    }
}
