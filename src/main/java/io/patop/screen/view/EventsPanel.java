package io.patop.screen.view;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.text.LineWrap;
import io.patop.watch.model.Event;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Draws events, the newest at the bottom; a long one continues on the next line. */
final class EventsPanel {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int TEXT_COLUMN = 11;

    /** Longest event, in lines. */
    private static final int MOST_LINES = 3;

    private EventsPanel() {}

    private record Line(String clock, Cell mark, String text, Ink ink) {}

    /**
     * Draws as many as fit.
     *
     * @param skip how many of the newest events are scrolled away
     */
    static void draw(Canvas canvas, List<Event> events, int skip, ZoneId zone) {
        List<Line> lines = new ArrayList<>();
        for (int i = events.size() - 1 - skip; i >= 0 && lines.size() < canvas.height(); i--) {
            List<Line> event = lines(canvas, events.get(i), zone);
            Collections.reverse(event);
            lines.addAll(event);
        }
        Collections.reverse(lines);
        int first = Math.max(0, lines.size() - canvas.height());
        for (int row = 0; row + first < lines.size(); row++) {
            Line line = lines.get(row + first);
            canvas.put(0, row, line.clock(), Ink.DIM);
            canvas.put(9, row, line.mark().text(), line.mark().ink());
            canvas.put(TEXT_COLUMN, row, line.text(), line.ink());
        }
        if (lines.isEmpty()) {
            canvas.put(0, 0, "nothing has happened yet", Ink.DIM);
        }
    }

    /** Returns an event as a line of text, with its time of day. */
    static String text(Event event, ZoneId zone) {
        return CLOCK.format(LocalTime.ofInstant(event.at(), zone)) + " " + text(event);
    }

    private static String text(Event event) {
        return event.text()
                + event.took()
                        .map(took -> " (after " + DurationText.text(took) + ")")
                        .orElse("");
    }

    private static List<Line> lines(Canvas canvas, Event event, ZoneId zone) {
        String text = text(event);
        String clock = CLOCK.format(LocalTime.ofInstant(event.at(), zone));
        List<Line> lines = new ArrayList<>();
        for (String part : LineWrap.betweenWords(
                canvas.fit(text, 4000), Math.max(20, canvas.width() - TEXT_COLUMN), "  ", MOST_LINES)) {
            boolean first = lines.isEmpty();
            lines.add(new Line(
                    first ? clock : "",
                    first ? mark(canvas.glyphs(), event.kind().tone()) : Cell.EMPTY,
                    part,
                    ink(event.kind().tone())));
        }
        return lines;
    }

    private static Cell mark(Glyphs glyphs, Event.Tone tone) {
        return switch (tone) {
            case GOOD -> new Cell(glyphs.good(), Ink.GOOD);
            case BAD -> new Cell(glyphs.bad(), Ink.BAD);
            case WARNING -> new Cell(glyphs.warning(), Ink.WARNING);
            case NEUTRAL -> new Cell(glyphs.neutral(), Ink.DIM);
        };
    }

    private static Ink ink(Event.Tone tone) {
        return tone == Event.Tone.BAD ? Ink.BAD : Ink.TEXT;
    }
}
