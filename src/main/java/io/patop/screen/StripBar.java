package io.patop.screen;

import io.patop.watch.Strip;

/** Seconds of a probe as signs, one cell each. */
final class StripBar {

    private StripBar() {}

    /** Draws so many seconds from the first on, since the epoch; before the probe began there is nothing. */
    static void draw(Canvas canvas, int column, int row, Strip strip, long first, int seconds) {
        for (int i = 0; i < seconds; i++) {
            if (strip.seconds().isEmpty() || first + i < strip.first()) {
                continue;
            }
            Strip.Second second = strip.at(first + i);
            canvas.put(column + i, row, canvas.glyphs().second(second), ink(second));
        }
    }

    private static Ink ink(Strip.Second second) {
        boolean failed = second.refused() + second.unknown() > 0;
        if (second.acknowledged() > 0) {
            return failed ? Ink.WARNING : Ink.GOOD;
        }
        return failed ? Ink.BAD : Ink.DIM;
    }
}
