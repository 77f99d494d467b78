package io.patop.screen.lanes;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.watch.lanes.AttemptCell;
import io.patop.watch.lanes.AttemptHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long the probe's writes took, as bars on a logarithmic scale, several rows high; one column is a second. */
public final class LatencyGraph {

    private static final int LEFT = 8;
    private static final List<String> SCALE = List.of("4 s", "256 ms", "16 ms", "1 ms");
    private static final double SHORTEST_MILLIS = 0.25;
    private static final double DOUBLINGS = 16;

    private LatencyGraph() {}

    /** Draws the bars with their scale at the left. */
    public static void draw(Canvas canvas, AttemptHistory writes, Instant now) {
        int rows = canvas.height();
        for (int row = 0; row < rows; row++) {
            canvas.putRight(LEFT - 1, row, SCALE.get(Math.min(SCALE.size() - 1, row * SCALE.size() / rows)), Ink.DIM);
        }
        LaneWindow window = LaneWindow.upTo(now, Duration.ofSeconds(1), Math.max(1, canvas.width() - LEFT - 1));
        LaneSigns signs = new LaneSigns(canvas.glyphs());
        for (int i = 0; i < window.columns(); i++) {
            AttemptCell cell = writes.between(window.from(i), window.to(i));
            if (cell.refused() || cell.unknown()) {
                Cell sign = signs.of(cell).orElseThrow();
                canvas.put(LEFT + i, rows - 1, sign.text(), sign.ink());
            } else if (cell.p95().isPresent()) {
                bar(canvas, LEFT + i, cell.p95().get());
            }
        }
    }

    private static void bar(Canvas canvas, int column, Duration took) {
        String bars = canvas.glyphs().bars();
        int steps = bars.length();
        double doublings = Math.log(took.toNanos() / 1e6 / SHORTEST_MILLIS) / Math.log(2);
        int height = (int) Math.max(1, Math.round(doublings / DOUBLINGS * steps * canvas.height()));
        Ink ink = took.toMillis() > 1000 ? Ink.WARNING : Ink.GOOD;
        for (int row = canvas.height() - 1; row >= 0 && height > 0; row--) {
            int filled = Math.min(steps, height);
            canvas.put(column, row, String.valueOf(bars.charAt(filled - 1)), ink);
            height -= steps;
        }
    }
}
