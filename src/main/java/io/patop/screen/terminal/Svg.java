package io.patop.screen.terminal;

import java.util.Locale;

/** Writes a picture as SVG: its text can be read, searched and scaled, on a dark background of its own. */
public final class Svg {

    private static final double WIDTH = 8.4;
    private static final int HEIGHT = 17;
    private static final int PAD = 14;
    private static final int BASELINE = 13;
    private static final String GROUND = "#12161c";
    private static final String TEXT = "#d8dee4";

    private Svg() {}

    public static String of(Picture picture) {
        StringBuilder svg = new StringBuilder();
        double width = picture.columns() * WIDTH + 2 * PAD;
        int height = picture.rows().size() * HEIGHT + 2 * PAD;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %d\" width=\"%.0f\" font-family=\""
                        + "ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace\" font-size=\"14\">%n",
                width,
                height,
                width));
        svg.append(String.format(
                Locale.ROOT, "<rect width=\"%.0f\" height=\"%d\" rx=\"8\" fill=\"%s\"/>%n", width, height, GROUND));
        for (int row = 0; row < picture.rows().size(); row++) {
            for (Picture.Run run : picture.rows().get(row)) {
                run(svg, run, PAD + row * HEIGHT);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void run(StringBuilder svg, Picture.Run run, int y) {
        double x = PAD + run.column() * WIDTH;
        double width = run.columns() * WIDTH;
        Picture.Look look = run.look();
        String color = look.color().map(Svg::hex).orElse(TEXT);
        if (look.reversed()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    x,
                    y,
                    width,
                    HEIGHT,
                    color));
        }
        if (!run.text().isBlank()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" fill=\"%s\"%s textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\""
                            + " xml:space=\"preserve\">%s</text>%n",
                    x,
                    y + BASELINE,
                    look.reversed() ? GROUND : color,
                    look.bold() ? " font-weight=\"bold\"" : "",
                    width,
                    escaped(run.text())));
        }
    }

    private static String hex(Picture.Color color) {
        return String.format("#%02x%02x%02x", color.red(), color.green(), color.blue());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
