package io.patop.screen.terminal;

import io.patop.watch.model.SecondBySecond;
import java.time.Instant;

/** Draws seconds of a probe as signs, one cell each. */
public final class StripBar {

    private StripBar() {}

    /**
     * Draws this many seconds from the first on (in seconds since the epoch); seconds before the probe began, or not
     * yet over, are blank.
     */
    public static void draw(
            Canvas canvas, int column, int row, SecondBySecond strip, long first, int seconds, Instant now) {
        for (int i = 0; i < seconds; i++) {
            SecondBySecond.Second second = strip.at(first + i);
            boolean before = strip.seconds().isEmpty() || first + i < strip.first();
            boolean notYet = second.equals(SecondBySecond.Second.NOTHING) && first + i >= now.getEpochSecond();
            if (!before && !notYet) {
                canvas.put(column + i, row, canvas.glyphs().second(second), ink(second));
            }
        }
    }

    private static Ink ink(SecondBySecond.Second second) {
        boolean failed = second.refused() + second.unknown() > 0;
        if (second.acknowledged() > 0) {
            return failed ? Ink.WARNING : Ink.GOOD;
        }
        return failed ? Ink.BAD : Ink.DIM;
    }
}
