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
import java.util.Optional;

/**
 * Draws where the time of a failover went: each phase is a piece as long as its share, named if there is room. The
 * wait for the old leader's return is left out, since a person decides how long it is.
 */
final class PhaseBar {

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

    static void draw(Canvas canvas, int row, Failover failover, Instant now) {
        List<Piece> pieces = pieces(failover, now).stream()
                .filter(piece -> !piece.took().isZero())
                .toList();
        int[] widths = widths(pieces, canvas.width() - 2);
        int x = 1;
        for (int i = 0; i < pieces.size(); i++) {
            piece(canvas, x, row, pieces.get(i), widths[i], i % 2 == 0);
            x += widths[i];
        }
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

    private static void piece(Canvas canvas, int x, int row, Piece piece, int width, boolean even) {
        String fill = String.valueOf(canvas.glyphs().fills().charAt(even ? 0 : 1));
        Ink ink = piece.running() ? Ink.WARNING : even ? Ink.KEY : Ink.TEXT;
        canvas.put(x, row, fill.repeat(width), ink);
        Optional<String> label = label(piece, width - 4);
        label.ifPresent(text -> canvas.put(x + (width - text.length()) / 2, row, text, ink));
    }

    /** Returns the longest label that fits, with a space on each side. */
    private static Optional<String> label(Piece piece, int room) {
        String time = DurationText.text(piece.took());
        return List.of(piece.words() + " " + time, time).stream()
                .filter(text -> text.length() <= room)
                .map(text -> " " + text + " ")
                .findFirst();
    }
}
