package io.patop.screen;

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
        String bars) {

    /** For terminals that show UTF-8. All of one column, none of ambiguous or emoji width. */
    public static final Glyphs UNICODE =
            new Glyphs(
                    "★", "✓", "✗", "!", "·", "▸", "─", "→", "…", " · ", "?", "┌┐└┘", "│", "└", "▁▂▃▄▅▆▇█");

    /** For all others. */
    public static final Glyphs ASCII = new Glyphs(
            "*", "+", "x", "!", "-", ">", "-", ">", "~", " | ", "?", "++++", "|", "`", "_.-~=*#@");
}
