package io.patop.screen;

import io.patop.watch.Dashboard;
import java.time.Instant;
import java.time.ZoneId;
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

    private final Dashboard dashboard;
    private final ViewState state;
    private final boolean readOnly;
    private final Instant now;
    private final ZoneId zone;

    Frame(Dashboard dashboard, ViewState state, boolean readOnly, Instant now, ZoneId zone) {
        this.dashboard = dashboard;
        this.state = state;
        this.readOnly = readOnly;
        this.now = now;
        this.zone = zone;
    }

    void draw(Canvas canvas) {
        if (canvas.width() < SMALLEST_WIDTH || canvas.height() < SMALLEST_HEIGHT) {
            tooSmall(canvas);
            return;
        }
        Header.draw(canvas, dashboard, now, zone);
        Canvas body = canvas.part(0, Header.ROWS, canvas.width(), canvas.height() - Header.ROWS - 2);
        switch (state.view) {
            case MEMBERS -> new MembersView(dashboard, state, now, zone).draw(body);
            case SERVICES -> new ServicesView(dashboard, state, now).draw(body);
            case EVENTS -> new EventsView(dashboard, state, zone).draw(body);
        }
        state.dialog.ifPresent(dialog -> Dialogs.draw(body, dialog, dashboard, now));
        statusLine(canvas, canvas.height() - 2);
        footer(canvas, canvas.height() - 1);
    }

    /** Even then the one thing that counts. */
    private void tooSmall(Canvas canvas) {
        String leader = dashboard.leadership().present().orElse("none");
        canvas.put(0, 0, "Leader " + leader, Ink.LEADER);
        canvas.put(0, 1, "terminal too small", Ink.WARNING);
    }

    private void statusLine(Canvas canvas, int row) {
        if (state.prompt.isPresent()) {
            Prompt prompt = state.prompt.get();
            int x = canvas.put(0, row, prompt.kind().mark() + prompt.text(), Ink.TEXT);
            canvas.put(x, row, " ", Ink.SELECTED);
            return;
        }
        if (state.notice.isPresent() && now.isBefore(state.notice.get().until())) {
            canvas.put(0, row, state.notice.get().text(), state.notice.get().ink());
            return;
        }
        int x = 0;
        for (Cell standing : standing()) {
            x = canvas.put(x, row, standing.text() + "  ", standing.ink());
        }
    }

    private List<Cell> standing() {
        return Stream.of(
                        state.held.isPresent()
                                ? new Cell("HELD: the display stands still, Space goes on", Ink.WARNING)
                                : Cell.EMPTY,
                        readOnly ? new Cell("read-only", Ink.DIM) : Cell.EMPTY,
                        state.filter.isEmpty() ? Cell.EMPTY : new Cell("filter: " + state.filter, Ink.WARNING),
                        state.order == MemberOrder.NAME
                                ? Cell.EMPTY
                                : new Cell("sorted by " + state.order.words(), Ink.DIM))
                .filter(cell -> !cell.text().isEmpty())
                .toList();
    }

    /** The keys that end and explain are always there; of the others as many as fit. */
    private void footer(Canvas canvas, int row) {
        int x = 0;
        List<Key> keys = Stream.concat(Stream.of(Key.QUIT, Key.HELP), Arrays.stream(Key.values()))
                .distinct()
                .filter(key -> !key.label().isEmpty() && (key.isHarmless() || !readOnly))
                .toList();
        for (Key key : keys) {
            String text = key.keyName() + " " + key.label();
            if (x + text.length() > canvas.width()) {
                break;
            }
            x = canvas.put(x, row, key.keyName(), Ink.KEY);
            x = canvas.put(x, row, " " + key.label(), Ink.DIM) + 2;
        }
    }
}
