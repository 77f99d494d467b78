package io.patop.screen.lanes;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Ink;
import io.patop.watch.model.Event;
import java.util.ArrayList;
import java.util.List;

/** Draws below the lanes what was done, and what decided: a mark at its time, with a few words. */
final class LaneMarks {

    private LaneMarks() {}

    /** Columns that a text takes in a row. */
    private record Taken(int row, int from, int to) {}

    /**
     * Draws the newest first, each in the first row that has room; those without room are left out. Returns how many
     * rows were used.
     */
    static int draw(Canvas canvas, int left, LaneWindow window, List<Event> events) {
        List<Taken> taken = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            if (event.kind().isTurningPoint()) {
                window.column(event.at()).ifPresent(column -> mark(canvas, left + column, event, taken));
            }
        }
        return taken.stream().mapToInt(Taken::row).max().orElse(-1) + 1;
    }

    private static void mark(Canvas canvas, int column, Event event, List<Taken> taken) {
        String words = event.text().replaceFirst("^you asked to ", "you: ");
        String text = canvas.fit(words, Math.max(20, canvas.width() / 2));
        boolean right = column + 2 + Canvas.columns(text) <= canvas.width();
        int from = right ? column : Math.max(0, column - Canvas.columns(text) - 1);
        int to = right ? column + 2 + Canvas.columns(text) : column + 1;
        for (int row = 0; row < canvas.height(); row++) {
            int wanted = row;
            if (taken.stream().noneMatch(other -> other.row() == wanted && other.from() <= to && from <= other.to())) {
                taken.add(new Taken(row, from, to));
                Ink ink = event.kind().tone() == Event.Tone.BAD ? Ink.BAD : Ink.DIM;
                canvas.put(column, row, canvas.glyphs().mark(), Ink.KEY);
                canvas.put(right ? column + 2 : from, row, text, ink);
                return;
            }
        }
    }
}
