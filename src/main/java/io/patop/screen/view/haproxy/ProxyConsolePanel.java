package io.patop.screen.view.haproxy;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.watch.model.ProxyReply;
import io.patop.watch.model.WatchedProxy;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The commands that were typed here and HAProxy's answers, the newest at the bottom. */
final class ProxyConsolePanel {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private ProxyConsolePanel() {}

    static List<Cell> lines(WatchedProxy proxy, ZoneId zone) {
        List<Cell> lines = new ArrayList<>();
        for (ProxyReply reply : proxy.replies()) {
            lines.add(
                    new Cell(CLOCK.format(LocalTime.ofInstant(reply.at(), zone)) + " > " + reply.command(), Ink.TITLE));
            if (reply.answer().isBlank()) {
                lines.add(new Cell("(done: HAProxy says nothing to what it did)", Ink.DIM));
            }
            reply.answer()
                    .strip()
                    .lines()
                    .forEach(line -> lines.add(new Cell(line, reply.failed() ? Ink.BAD : Ink.TEXT)));
        }
        return lines;
    }

    /** Draws as many lines as fit, scrolled back from the end by this many lines. */
    static void draw(Canvas canvas, List<Cell> lines, int back) {
        if (lines.isEmpty()) {
            canvas.put(
                    0,
                    0,
                    "Nothing was asked yet. > takes a line for HAProxy's stats socket, e.g. show info, help;",
                    Ink.DIM);
            canvas.put(0, 1, "show, get and help are run at once, anything else is asked about first.", Ink.DIM);
            return;
        }
        int end = Math.max(Math.min(lines.size(), canvas.height()), lines.size() - back);
        int first = Math.max(0, end - canvas.height());
        for (int i = first; i < end; i++) {
            canvas.put(0, i - first, lines.get(i).text(), lines.get(i).ink());
        }
        if (end < lines.size()) {
            canvas.putRight(canvas.width(), canvas.height() - 1, " +" + (lines.size() - end) + " below", Ink.DIM);
        }
    }
}
