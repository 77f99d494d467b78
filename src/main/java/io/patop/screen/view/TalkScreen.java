package io.patop.screen.view;

import io.patop.screen.lanes.LaneChart;
import io.patop.screen.lanes.LaneWindow;
import io.patop.screen.terminal.BigText;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.SecondBySecond;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The talk mode in large letters: who leads, the state, and how long nobody led; below them the members with the
 * wires of replication, and the outcome of each second's writes.
 */
public final class TalkScreen {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int STRIP_ROWS = 2;

    private static final int MOST_LANES = 12;
    private static final int LANE_MARKS = 1;

    /** How many rows the large letters need at least for lanes to be drawn below them. */
    private static final int LEAST_FOR_LETTERS = 15;

    private TalkScreen() {}

    /** Returns whether a duration is shown that grows by tenths of a second. */
    public static boolean counts(Dashboard dashboard) {
        return dashboard.failover().isPresent()
                || dashboard.probe().flatMap(probe -> probe.writes().outage()).isPresent();
    }

    public static void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        canvas.put(0, 0, dashboard.identity().scope().orElse("cluster not seen yet"), Ink.TITLE);
        canvas.putRight(canvas.width(), 0, CLOCK.format(LocalTime.ofInstant(scene.now(), scene.zone())), Ink.DIM);
        int bottom = canvas.height();
        LaneChart chart = new LaneChart(dashboard, scene.now(), scene.zone());
        int lanes = Math.min(chart.rows(), MOST_LANES) + LANE_MARKS;
        if (bottom >= lanes + TalkMembers.ROWS + LEAST_FOR_LETTERS
                && !dashboard.members().isEmpty()) {
            bottom -= lanes;
            Canvas below = canvas.part(0, bottom, canvas.width(), lanes);
            LaneWindow window = LaneWindow.ofLastMinute(scene.now(), chart.columns(below));
            int unused = chart.draw(below, window, true, LANE_MARKS, 0, Optional.empty());
        } else if (dashboard.probe().isPresent() && canvas.height() >= 12) {
            bottom -= STRIP_ROWS;
            strip(canvas.from(bottom), dashboard.probe().get(), scene.now());
        }
        if (bottom >= TalkMembers.ROWS + 4) {
            bottom -= TalkMembers.ROWS;
            TalkMembers.draw(canvas.part(0, bottom, canvas.width(), TalkMembers.ROWS), scene);
        }
        lines(
                canvas.part(0, 1, canvas.width(), bottom - 1),
                TalkFacts.of(dashboard, scene.now()).lines());
    }

    /** Draws the lines as large as all fit, evenly spaced. */
    private static void lines(Canvas canvas, List<TalkFacts.Line> lines) {
        List<Optional<BigText.Size>> sizes = sizes(canvas, lines);
        int taken = sizes.stream()
                .mapToInt(size -> size.map(BigText.Size::rows).orElse(1))
                .sum();
        int spare = Math.max(0, canvas.height() - taken);
        int gap = Math.min(3, spare / (lines.size() + 1));
        int y = Math.max(0, (spare - gap * (lines.size() - 1)) / 2);
        for (int i = 0; i < lines.size(); i++) {
            y += line(canvas, y, lines.get(i), sizes.get(i)) + gap;
        }
    }

    /** Returns one size for all lines, and a smaller one for a line that is too wide for it. */
    private static List<Optional<BigText.Size>> sizes(Canvas canvas, List<TalkFacts.Line> lines) {
        for (BigText.Size largest : BigText.Size.of(canvas.glyphs())) {
            List<Optional<BigText.Size>> sizes = lines.stream()
                    .map(line -> widest(canvas, line.text(), largest))
                    .toList();
            int rows = sizes.stream()
                    .mapToInt(size -> size.map(BigText.Size::rows).orElse(1))
                    .sum();
            boolean first = sizes.get(0).isPresent() && sizes.get(0).get() == largest;
            if (rows <= canvas.height() && (first || largest != BigText.Size.HUGE)) {
                return sizes;
            }
        }
        Optional<BigText.Size> smallest = BigText.Size.of(canvas.glyphs()).stream()
                .reduce((larger, smaller) -> smaller)
                .filter(size -> size.rows() + lines.size() - 1 <= canvas.height());
        List<Optional<BigText.Size>> sizes = new ArrayList<>(Collections.nCopies(lines.size(), Optional.empty()));
        sizes.set(0, smallest.flatMap(size -> widest(canvas, lines.get(0).text(), size)));
        return sizes;
    }

    private static Optional<BigText.Size> widest(Canvas canvas, String text, BigText.Size largest) {
        return BigText.Size.of(canvas.glyphs()).stream()
                .filter(size -> size.compareTo(largest) <= 0)
                .filter(size -> BigText.has(text) && BigText.columns(text, size) <= canvas.width() - 2)
                .findFirst();
    }

    private static int line(Canvas canvas, int y, TalkFacts.Line line, Optional<BigText.Size> size) {
        if (size.isEmpty()) {
            int x = canvas.put(1, y, line.text() + " ", line.ink());
            canvas.put(x + 1, y, line.label(), line.ink());
            return 1;
        }
        int columns = BigText.columns(line.text(), size.get());
        BigText.draw(canvas, 1, y, line.text(), size.get(), line.ink());
        int foot = size.get().rows() - size.get().rows() / 8 - 1;
        canvas.put(columns + 4, y + foot, line.label(), line.ink());
        return size.get().rows();
    }

    private static void strip(Canvas canvas, ProbeStatus probe, Instant now) {
        int x = canvas.put(1, 0, "writes ", Ink.DIM);
        int room = canvas.width() - x - 1;
        long first = now.getEpochSecond() - room + 1;
        for (int i = 0; i < room; i++) {
            SecondBySecond.Second second = probe.writes().strip().at(first + i);
            canvas.put(x + i, 0, canvas.glyphs().second(second), ink(second));
        }
        String separator = canvas.glyphs().separator();
        String counts = probe.writes().acknowledged() + " acknowledged" + separator
                + probe.writes().refused() + " refused" + separator
                + probe.writes().unknown() + " unknown"
                + probe.writes()
                        .longestBy(now)
                        .map(longest -> separator + "longest outage " + DurationText.text(longest))
                        .orElse("")
                + (probe.lost().isEmpty() ? "" : separator + probe.lost().count() + " LOST");
        canvas.put(1, 1, counts, probe.lost().isEmpty() ? Ink.DIM : Ink.BAD);
    }

    private static Ink ink(SecondBySecond.Second second) {
        int failed = second.refused() + second.unknown();
        if (failed == 0) {
            return second.acknowledged() > 0 ? Ink.GOOD : Ink.DIM;
        }
        return second.acknowledged() > 0 ? Ink.WARNING : Ink.BAD;
    }
}
