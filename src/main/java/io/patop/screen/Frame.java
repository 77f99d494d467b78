package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.FrameIndex;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.KeyBindings;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.ForecastLine;
import io.patop.screen.view.Header;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.TalkScreen;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewKey;
import io.patop.text.DurationText;
import io.patop.watch.model.UnderWay;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One picture of the whole screen: header, view, an open dialog, and the two lines at the bottom. It is a function of
 * dashboard, view state and time, and reads nothing else.
 */
public final class Frame {

    private static final int SMALLEST_WIDTH = 40;
    private static final int SMALLEST_HEIGHT = 8;
    private static final int MOST_MATCHES = 10;
    private static final int EXPLANATION_COLUMN = 16;

    /** Smallest height in which a row is left for the forecast. */
    private static final int FORECAST_FROM = 16;

    private final Scene scene;
    private final ViewState state;
    private Optional<Dialog> shown = Optional.empty();

    public Frame(Scene scene, ViewState state) {
        this.scene = scene;
        this.state = state;
    }

    public void draw(Canvas canvas) {
        canvas.clear();
        if (canvas.width() < SMALLEST_WIDTH || canvas.height() < SMALLEST_HEIGHT) {
            tooSmall(canvas);
            return;
        }
        if (state.talking) {
            talk(canvas);
            return;
        }
        Header.draw(canvas, scene.dashboard(), scene.now(), scene.zone(), state.notes);
        int top = Header.ROWS + (canvas.height() >= FORECAST_FROM ? 1 : 0);
        if (top > Header.ROWS) {
            ForecastLine.draw(canvas, Header.ROWS, scene);
        }
        Canvas body = canvas.part(0, top, canvas.width(), canvas.height() - top - 2);
        View view = state.views.shown();
        drawn(body, view);
        dialog(body);
        palette(body);
        statusLine(canvas, canvas.height() - 2);
        footer(canvas, canvas.height() - 1);
    }

    private void dialog(Canvas over) {
        shown = state.dialog;
        shown.ifPresent(dialog ->
                Dialogs.draw(over, dialog, scene, helpKeys(state.views.shown()), state.keys, state.answerable));
    }

    /** Returns the dialog that was drawn; empty if the terminal is too small for it. */
    Optional<Dialog> dialogShown() {
        return shown;
    }

    /** Draws what contains the typed text, above the line in which it is typed. */
    private void palette(Canvas body) {
        if (state.palette.isEmpty() || state.prompt.isEmpty()) {
            return;
        }
        Palette palette = state.palette.get();
        int rows = Math.min(palette.matches().size(), Math.min(MOST_MATCHES, body.height() - 1));
        Canvas list = body.part(0, body.height() - rows - 1, body.width(), rows + 1);
        list.clear();
        list.rule(0, palette.matches().size() + " found; Up, Down and Enter choose, Tab completes");
        int first = Math.max(0, palette.selected() - rows + 1);
        for (int i = 0; i < rows; i++) {
            Palette.Entry entry = palette.matches().get(first + i);
            boolean selected = first + i == palette.selected();
            int x = list.put(0, i + 1, (selected ? list.glyphs().cursor() : " ") + " ", Ink.TEXT, selected);
            x = list.put(x, i + 1, entry.name(), Ink.TEXT, selected);
            list.put(Math.max(x + 2, EXPLANATION_COLUMN), i + 1, entry.explanation(), Ink.DIM);
        }
    }

    /**
     * Draws the view. A view that throws is replaced by a message, since a person who watches a failure needs the
     * other views.
     */
    private void drawn(Canvas body, View view) {
        try {
            view.draw(body, scene);
        } catch (RuntimeException bug) {
            body.put(0, 0, "a bug: the view " + view.title() + " cannot be drawn: " + bug, Ink.BAD);
            body.put(0, 1, "the others go on; please report it", Ink.DIM);
        }
    }

    private List<ViewKey> helpKeys(View view) {
        return state.playback.isEmpty()
                ? view.keys()
                : Stream.concat(ReplayKeys.ALL.stream(), view.keys().stream()).toList();
    }

    /** Draws the talk mode. Its last line shows the keys, unless a line is being typed or a notice is shown. */
    private void talk(Canvas canvas) {
        int last = canvas.height() - 1;
        Canvas stage = canvas.part(0, 0, canvas.width(), last);
        TalkScreen.draw(stage, scene);
        dialog(stage);
        palette(stage);
        if (state.prompt.isPresent() || state.notice.isPresent() || state.held.isPresent()) {
            statusLine(canvas, last);
            return;
        }
        hints(
                canvas,
                last,
                Stream.of(Key.BACK, Key.KILL_LEADER, Key.HOLD, Key.HELP, Key.QUIT)
                        .filter(key -> key.isHarmless() || !scene.readOnly())
                        .map(key -> key == Key.BACK
                                ? new Hint(state.keys.name(key), "Back", Optional.of(state.keys.stroke(key)))
                                : Hint.of(key, state.keys))
                        .toList());
    }

    /** Draws the most important fact alone, on a terminal that is too small for a view. */
    private void tooSmall(Canvas canvas) {
        String leader = scene.dashboard().leadership().present().orElse("none");
        canvas.put(0, 0, "Leader " + leader, Ink.LEADER);
        canvas.put(0, 1, "terminal too small", Ink.WARNING);
    }

    private void statusLine(Canvas canvas, int row) {
        if (state.prompt.isPresent()) {
            Prompt prompt = state.prompt.get();
            String under = prompt.text().substring(prompt.cursor());
            int x = canvas.put(0, row, prompt.mark() + prompt.text().substring(0, prompt.cursor()), Ink.TEXT);
            x = canvas.put(x, row, under.isEmpty() ? " " : under.substring(0, 1), Ink.SELECTED);
            canvas.put(x, row, under.isEmpty() ? "" : under.substring(1), Ink.TEXT);
            return;
        }
        if (state.notice.isPresent()) {
            canvas.put(0, row, state.notice.get().text(), state.notice.get().ink());
            return;
        }
        int x = 0;
        for (Cell standing : standing()) {
            x = canvas.put(x, row, standing.text() + "  ", standing.ink());
        }
        views(canvas.part(x, row, canvas.width() - x, 1));
    }

    /** Draws the names of the views, each with its digit; the one shown is marked. */
    private void views(Canvas line) {
        List<View> all = state.views.all();
        int shown = all.indexOf(state.views.shown());
        int first = 0;
        while (first < shown && width(all, first, shown) > line.width()) {
            first++;
        }
        int x = 0;
        for (int i = first; i < all.size(); i++) {
            String text = state.views.label(all.get(i));
            if (x + text.length() > line.width()) {
                return;
            }
            line.part(x, 0, text.length(), 1).onClick(new FrameIndex.Target.ViewName(i));
            x = line.put(x, 0, text, i == shown ? Ink.TITLE : Ink.DIM, i == shown) + 2;
        }
    }

    private int width(List<View> all, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .map(i -> state.views.label(all.get(i)).length() + 2)
                .sum();
    }

    private List<Cell> standing() {
        return Stream.of(
                        state.playback.map(ReplayKeys::text).orElse(Cell.EMPTY),
                        new Cell(String.join("  ", state.underWay), Ink.BAD),
                        state.held.isPresent()
                                ? new Cell("HELD: the display stands still, Space goes on", Ink.WARNING)
                                : Cell.EMPTY,
                        underWay(),
                        state.fleetName
                                .map(name -> new Cell("fleet: " + name + ", Esc goes back", Ink.DIM))
                                .orElse(Cell.EMPTY),
                        scene.readOnly() && state.playback.isEmpty() ? new Cell("read-only", Ink.DIM) : Cell.EMPTY,
                        state.filter.isEmpty() ? Cell.EMPTY : new Cell("filter: " + state.filter, Ink.WARNING))
                .filter(cell -> !cell.text().isEmpty())
                .toList();
    }

    /** Returns the newest action that has not ended yet. */
    private Cell underWay() {
        List<UnderWay> all = scene.dashboard().underWay();
        if (all.isEmpty()) {
            return Cell.EMPTY;
        }
        UnderWay one = all.get(all.size() - 1);
        return new Cell(
                "under way " + DurationText.age(Duration.between(one.since(), scene.now())) + ": "
                        + (one.step().isEmpty() ? one.action().text() : one.step())
                        + (all.size() > 1 ? ", and " + (all.size() - 1) + " more" : ""),
                Ink.WARNING);
    }

    /**
     * Draws the keys: those that quit and help always, then those of this view, then as many of the others as fit.
     */
    private void footer(Canvas canvas, int row) {
        View view = state.views.shown();
        Stream<Hint> ends = Stream.concat(
                Stream.of(Hint.of(Key.QUIT, state.keys), Hint.of(Key.HELP, state.keys)),
                state.playback.stream()
                        .flatMap(replay -> ReplayKeys.ALL.stream().map(Hint::of)));
        Stream<Hint> own = view.keys().stream()
                .filter(key -> key.harmless() || !scene.readOnly())
                .map(Hint::of);
        Stream<Hint> everywhere = Arrays.stream(Key.values())
                .filter(key -> key.isHarmless() || !scene.readOnly())
                .filter(key -> view.hasMembers() || !key.isOfMember())
                .filter(key -> key != Key.HOLD || state.playback.isEmpty())
                .map(key -> Hint.of(key, state.keys));
        List<Hint> hints = Stream.of(ends, view.hasMembers() ? everywhere : own, view.hasMembers() ? own : everywhere)
                .flatMap(each -> each)
                .filter(hint -> !hint.label().isEmpty())
                .distinct()
                .toList();
        hints(canvas, row, hints);
    }

    private static void hints(Canvas canvas, int row, List<Hint> hints) {
        int x = 0;
        for (Hint hint : hints) {
            if (x + hint.width() > canvas.width()) {
                break;
            }
            int at = x;
            hint.press()
                    .ifPresent(key -> canvas.part(at, row, hint.width(), 1).onClick(new FrameIndex.Target.Press(key)));
            x = canvas.put(x, row, hint.key(), Ink.KEY);
            x = canvas.put(x, row, " " + hint.label(), Ink.DIM) + 2;
        }
    }

    private record Hint(String key, String label, Optional<KeyStroke> press) {

        static Hint of(Key key, KeyBindings keys) {
            return new Hint(keys.name(key), key.label(), Optional.of(keys.stroke(key)));
        }

        static Hint of(ViewKey key) {
            return new Hint(key.name(), key.label(), key.strokes().stream().findFirst());
        }

        int width() {
            return key.length() + 1 + label.length();
        }
    }
}
