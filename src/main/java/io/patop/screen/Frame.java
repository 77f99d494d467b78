package io.patop.screen;

import io.patop.watch.Spans;
import io.patop.watch.UnderWay;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One picture of the whole screen: header, view, an open dialog, and the two lines at the bottom. A function
 * of dashboard, view state and time; reads nothing else.
 */
final class Frame {

    private static final int SMALLEST_WIDTH = 40;
    private static final int SMALLEST_HEIGHT = 8;

    private final Scene scene;
    private final ViewState state;

    Frame(Scene scene, ViewState state) {
        this.scene = scene;
        this.state = state;
    }

    void draw(Canvas canvas) {
        if (canvas.width() < SMALLEST_WIDTH || canvas.height() < SMALLEST_HEIGHT) {
            tooSmall(canvas);
            return;
        }
        Header.draw(canvas, scene.dashboard(), scene.now(), scene.zone());
        Canvas body = canvas.part(0, Header.ROWS, canvas.width(), canvas.height() - Header.ROWS - 2);
        View view = state.views.shown();
        view.draw(body, scene);
        state.dialog.ifPresent(dialog -> Dialogs.draw(body, dialog, scene, view));
        statusLine(canvas, canvas.height() - 2);
        footer(canvas, canvas.height() - 1);
    }

    /** Even then the one thing that counts. */
    private void tooSmall(Canvas canvas) {
        String leader = scene.dashboard().leadership().present().orElse("none");
        canvas.put(0, 0, "Leader " + leader, Ink.LEADER);
        canvas.put(0, 1, "terminal too small", Ink.WARNING);
    }

    private void statusLine(Canvas canvas, int row) {
        if (state.prompt.isPresent()) {
            Prompt prompt = state.prompt.get();
            int x = canvas.put(0, row, prompt.mark() + prompt.text(), Ink.TEXT);
            canvas.put(x, row, " ", Ink.SELECTED);
            return;
        }
        if (state.notice.isPresent() && scene.now().isBefore(state.notice.get().until())) {
            canvas.put(0, row, state.notice.get().text(), state.notice.get().ink());
            return;
        }
        int x = 0;
        for (Cell standing : standing()) {
            x = canvas.put(x, row, standing.text() + "  ", standing.ink());
        }
        views(canvas.part(x, row, canvas.width() - x, 1));
    }

    /** Which views there are, each with its digit; the one shown is marked. */
    private void views(Canvas line) {
        List<View> all = state.views.all();
        int x = 0;
        for (int i = 0; i < Math.min(10, all.size()); i++) {
            boolean shown = all.get(i) == state.views.shown();
            String text = (i + 1) % 10 + " " + all.get(i).title();
            if (x + text.length() > line.width()) {
                return;
            }
            x = line.put(x, 0, text, shown ? Ink.TITLE : Ink.DIM, shown) + 2;
        }
    }

    private List<Cell> standing() {
        return Stream.of(
                        state.held.isPresent()
                                ? new Cell("HELD: the display stands still, Space goes on", Ink.WARNING)
                                : Cell.EMPTY,
                        underWay(),
                        scene.readOnly() ? new Cell("read-only", Ink.DIM) : Cell.EMPTY,
                        state.filter.isEmpty() ? Cell.EMPTY : new Cell("filter: " + state.filter, Ink.WARNING))
                .filter(cell -> !cell.text().isEmpty())
                .toList();
    }

    /** What was asked for and has not ended yet; the newest, if there are several. */
    private Cell underWay() {
        List<UnderWay> all = scene.dashboard().underWay();
        if (all.isEmpty()) {
            return Cell.EMPTY;
        }
        UnderWay one = all.get(all.size() - 1);
        return new Cell(
                "under way " + Spans.age(Duration.between(one.since(), scene.now())) + ": "
                        + (one.step().isEmpty() ? one.action().words() : one.step())
                        + (all.size() > 1 ? ", and " + (all.size() - 1) + " more" : ""),
                Ink.WARNING);
    }

    /** The keys that end and explain are always there; then those of this view; of the others as many as fit. */
    private void footer(Canvas canvas, int row) {
        View view = state.views.shown();
        Stream<Hint> ends = Stream.of(Hint.of(Key.QUIT), Hint.of(Key.HELP));
        Stream<Hint> own = view.keys().stream()
                .filter(key -> key.harmless() || !scene.readOnly())
                .map(Hint::of);
        Stream<Hint> everywhere = Arrays.stream(Key.values())
                .filter(key -> key.isHarmless() || !scene.readOnly())
                .filter(key -> view.hasMembers() || !key.isOfMember())
                .map(Hint::of);
        List<Hint> hints = Stream.of(ends, view.hasMembers() ? everywhere : own, view.hasMembers() ? own : everywhere)
                .flatMap(each -> each)
                .filter(hint -> !hint.label().isEmpty())
                .distinct()
                .toList();
        int x = 0;
        for (Hint hint : hints) {
            if (x + hint.key().length() + 1 + hint.label().length() > canvas.width()) {
                break;
            }
            x = canvas.put(x, row, hint.key(), Ink.KEY);
            x = canvas.put(x, row, " " + hint.label(), Ink.DIM) + 2;
        }
    }

    private record Hint(String key, String label) {

        static Hint of(Key key) {
            return new Hint(key.keyName(), key.label());
        }

        static Hint of(ViewKey key) {
            return new Hint(key.name(), key.label());
        }
    }
}
