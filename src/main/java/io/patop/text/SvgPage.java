package io.patop.text;

import java.util.Locale;

/** A picture of shapes and words as an SVG document, on a white ground. Text from outside is made safe here. */
public final class SvgPage {

    private final StringBuilder svg = new StringBuilder();

    /** An empty page of that size. */
    public SvgPage(int width, int height, String title) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"13\">%n",
                width,
                height,
                width,
                height));
        svg.append("  <title>").append(Xml.escaped(title)).append("</title>\n");
        rectangle(0, 0, width, height, "#ffffff", "");
    }

    /** Draws a rectangle; a title that is not empty is shown by browsers where the mouse is. */
    public void rectangle(double x, double y, double width, double height, String color, String title) {
        String shape = String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"",
                x,
                y,
                Math.max(0, width),
                height,
                color);
        svg.append("  ")
                .append(shape)
                .append(title.isEmpty() ? "/>" : "><title>" + Xml.escaped(title) + "</title></rect>")
                .append('\n');
    }

    /** Draws an upright line. */
    public void line(double x, double from, double to, String color) {
        svg.append(String.format(
                Locale.ROOT,
                "  <line x1=\"%.1f\" y1=\"%.0f\" x2=\"%.1f\" y2=\"%.0f\" stroke=\"%s\"/>%n",
                x,
                from,
                x,
                to,
                color));
    }

    /**
     * Writes words.
     *
     * @param anchor {@code start}, {@code middle} or {@code end}: what of them stands at {@code x}
     */
    public void text(double x, double y, String anchor, String color, int size, String words) {
        svg.append(String.format(
                        Locale.ROOT,
                        "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%d\">",
                        x,
                        y,
                        anchor,
                        color,
                        size))
                .append(Xml.escaped(words))
                .append("</text>\n");
    }

    /** Draws a small triangle that points up, with its point there. */
    public void pointer(double x, double y, String color) {
        svg.append(String.format(Locale.ROOT, "  <path d=\"M %.1f %.1f l 4 7 l -8 0 z\" fill=\"%s\"/>%n", x, y, color));
    }

    /** Returns the whole document. */
    public String document() {
        return svg + "</svg>\n";
    }

    /** Returns the step of a scale of that length: 1, 2 or 5 times a power of ten, so that there are 5 to 12 steps. */
    public static double step(double length) {
        double power = Math.pow(10, Math.floor(Math.log10(length / 5)));
        double times = length / 5 / power;
        return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
    }

    /** Returns the text, with an ellipsis at its end if it is longer than that. */
    public static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
