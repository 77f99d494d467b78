package io.patop.screen;

import io.patop.watch.Strip;

/**
 * The few signs beside letters, in Unicode and in plain ASCII.
 *
 * @param leader before the leader's name
 * @param good before good news
 * @param bad before bad news
 * @param warning before a warning
 * @param neutral before other news
 * @param cursor before the selected row
 * @param rule a line across
 * @param then between two steps
 * @param ellipsis where text was cut
 * @param separator between two facts
 * @param unknown in place of what is not known
 * @param corners of a dialog: top left, top right, bottom left, bottom right
 * @param side of a dialog
 * @param branch before a member below another
 * @param bars from an empty to a full bar, for a course of figures
 * @param strip a second of the probe: all acknowledged, some, all refused, none known, nothing
 * @param fills of the pieces of a bar, in turn
 */
public record Glyphs(
        String leader,
        String good,
        String bad,
        String warning,
        String neutral,
        String cursor,
        String rule,
        String then,
        String ellipsis,
        String separator,
        String unknown,
        String corners,
        String side,
        String branch,
        String bars,
        String strip,
        String fills) {

    /** For terminals that show UTF-8. All of one column, none of ambiguous or emoji width. */
    public static final Glyphs UNICODE = new Glyphs(
            "★", "✓", "✗", "!", "·", "▸", "─", "→", "…", " · ", "?", "┌┐└┘", "│", "└", "▁▂▃▄▅▆▇█", "▮▯x?·", "▮▯");

    /** For all others. */
    public static final Glyphs ASCII = new Glyphs(
            "*", "+", "x", "!", "-", ">", "-", ">", "~", " | ", "?", "++++", "|", "`", "_.-~=*#@", "#%x?.", "#=");

    /** The sign of one second of the probe: what became of the tries that began in it. */
    public String second(Strip.Second second) {
        return String.valueOf(strip.charAt(kind(second)));
    }

    private static int kind(Strip.Second second) {
        int failed = second.refused() + second.unknown();
        if (second.acknowledged() > 0) {
            return failed == 0 ? 0 : 1;
        }
        if (failed == 0) {
            return 4;
        }
        return second.unknown() > 0 ? 3 : 2;
    }
}
