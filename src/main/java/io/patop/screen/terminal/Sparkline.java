package io.patop.screen.terminal;

import java.util.List;
import java.util.Optional;

/** Draws numbers as a row of bars, the newest at the right; an unknown number is a gap. */
public final class Sparkline {

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_BARS = "_.-~=+*#";

    private Sparkline() {}

    /** Returns bars for as many of the newest numbers as fit, in proportion to the highest of them. */
    public static String of(List<Optional<Double>> figures, int width, Glyphs glyphs) {
        List<Optional<Double>> shown = figures.subList(Math.max(0, figures.size() - width), figures.size());
        String bars = glyphs.equals(Glyphs.ASCII) ? ASCII_BARS : BARS;
        double most = shown.stream()
                .flatMap(Optional::stream)
                .mapToDouble(figure -> figure)
                .max()
                .orElse(0);
        StringBuilder line = new StringBuilder(" ".repeat(width - shown.size()));
        for (Optional<Double> figure : shown) {
            line.append(figure.map(value -> bars.charAt(height(value, most, bars.length())))
                    .orElse(' '));
        }
        return line.toString();
    }

    /** Returns a bar's height; only 0 is the lowest bar. */
    private static int height(double value, double most, int bars) {
        return value <= 0 || most <= 0 ? 0 : Math.min(bars - 1, 1 + (int) (value / most * (bars - 1.001)));
    }
}
