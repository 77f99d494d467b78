package io.patop.screen.view;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Draws where the time of a failover went: each phase is a piece as long as its share, with its name below if there is room. The
 * wait for the old leader's return is left out, since a person decides how long it is.
 */
final class PhaseBar {

    /** The inks of the pieces in turn: no two neighbours have the same. */
    private static final List<Ink> INKS = List.of(Ink.BAD, Ink.STALE, Ink.WORD, Ink.NAME, Ink.GOOD);

    private PhaseBar() {}

    /**
     * One phase of the bar.
     *
     * @param words the phase at the piece's end
     * @param took how long the phase took
     * @param running whether the phase has not ended
     */
    record Piece(String words, Duration took, boolean running) {}

    /** Returns the pieces in the order in which the phases were reached. */
    static List<Piece> pieces(Failover failover, Instant now) {
        List<Map.Entry<Phase, Instant>> steps = failover.reached().entrySet().stream()
                .filter(step -> step.getKey() != Phase.OLD_LEADER_BACK)
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .toList();
        List<Piece> pieces = new ArrayList<>();
        for (int i = 1; i < steps.size(); i++) {
            pieces.add(new Piece(
                    steps.get(i).getKey().text(),
                    Duration.between(steps.get(i - 1).getValue(), steps.get(i).getValue()),
                    false));
        }
        boolean waits = failover.end().isEmpty() && !failover.isServed();
        if (waits && !steps.isEmpty()) {
            Instant last = steps.get(steps.size() - 1).getValue();
            Duration waited = Duration.between(last, now);
            pieces.add(new Piece("waiting", waited.isNegative() ? Duration.ZERO : waited, true));
        }
        return pieces;
    }

    /** Returns whether there is anything to draw. */
    static boolean isShown(Failover failover, Instant now) {
        return pieces(failover, now).stream().anyMatch(piece -> piece.took().toMillis() >= 100);
    }

    /** Draws the bar, and on the next row the names of the pieces, each below its piece. */
    static void draw(Canvas canvas, int row, Failover failover, Instant now) {
        List<Piece> pieces = pieces(failover, now).stream()
                .filter(piece -> !piece.took().isZero())
                .toList();
        int[] widths = widths(pieces, canvas.width() - 2);
        int[] begins = new int[pieces.size()];
        int x = 1;
        for (int i = 0; i < pieces.size(); i++) {
            begins[i] = x;
            String fill = String.valueOf(canvas.glyphs().fills().charAt(i % 2));
            canvas.put(x, row, fill.repeat(widths[i]), ink(pieces.get(i), i));
            x += widths[i];
        }
        int free = 1;
        for (int i = 0; i < pieces.size(); i++) {
            free = name(canvas, row + 1, pieces.get(i), i, Math.max(free, begins[i]), begins[i] + widths[i], free);
        }
    }

    /** Writes a piece's name below it, or at least how long it took; returns the first column that is free. */
    private static int name(Canvas canvas, int row, Piece piece, int index, int from, int to, int free) {
        String time = DurationText.text(piece.took());
        for (String text : List.of(piece.words() + " " + time, time)) {
            if (from + text.length() <= to) {
                return canvas.put(from, row, text, ink(piece, index)) + 1;
            }
        }
        return free;
    }

    private static Ink ink(Piece piece, int index) {
        return piece.running() ? Ink.WARNING : INKS.get(index % INKS.size());
    }

    /** Returns the widths: at least one cell each; the longest piece takes what rounding leaves. */
    static int[] widths(List<Piece> pieces, int room) {
        long total = Math.max(
                1, pieces.stream().mapToLong(piece -> piece.took().toMillis()).sum());
        int[] widths = new int[pieces.size()];
        int left = room;
        int longest = 0;
        for (int i = 0; i < widths.length; i++) {
            long millis = pieces.get(i).took().toMillis();
            widths[i] = (int) Math.max(1, millis * room / total);
            left -= widths[i];
            longest = millis > pieces.get(longest).took().toMillis() ? i : longest;
        }
        if (widths.length > 0) {
            widths[longest] = Math.max(1, widths[longest] + left);
        }
        return widths;
    }
}
