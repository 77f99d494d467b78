package io.patop.screen.terminal;

import io.patop.text.Printable;
import io.patop.watch.model.SecondBySecond;

/**
 * The signs that patop draws besides letters, in Unicode and in plain ASCII.
 *
 * @param leader stands before the leader's name
 * @param good stands before good news
 * @param bad stands before bad news
 * @param warning stands before a warning
 * @param neutral stands before other news
 * @param cursor stands before the selected row
 * @param rule a line across
 * @param then stands between two steps
 * @param ellipsis stands where text was cut
 * @param separator stands between two facts
 * @param unknown stands for an unknown value
 * @param corners corners of a dialog: top left, top right, bottom left, bottom right
 * @param side side of a dialog
 * @param branch stands before a member below another
 * @param bars bars from empty to full, for a row of numbers
 * @param folds stand before a closed and before an open part of a tree
 * @param blocks a whole block, an upper and a lower half; only the first where there are no halves
 * @param leaderFrame frame of the leader's box: corners as {@code corners}, then rule and side
 * @param wires wires of replication: down from a box, up into one, across, left end, right end, branch
 * @param strip signs for a second of the probe: all acknowledged, some, all refused, none known, nothing
 * @param fills fillings of the pieces of a bar, in turn
 * @param lanes signs of the states of a lane, in the order of {@link io.patop.watch.lanes.LaneState}
 * @param mark stands below a lane, at a moment
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
        String folds,
        String blocks,
        String leaderFrame,
        String wires,
        String strip,
        String fills,
        String lanes,
        String mark) {

    /** Glyphs for terminals that show UTF-8. Each takes one column; none is of ambiguous or emoji width. */
    public static final Glyphs UNICODE = new Glyphs(
            "★",
            "✓",
            "✗",
            "!",
            "·",
            "▸",
            "─",
            "→",
            "…",
            " · ",
            "?",
            "┌┐└┘",
            "│",
            "└",
            "▁▂▃▄▅▆▇█",
            "▸▾",
            "█▀▄",
            "╔╗╚╝═║",
            "│▲─└┘┴",
            "▮▯x?·",
            "▮▯",
            "─━+░┄o··╳",
            "▲");

    /** Glyphs for all other terminals. */
    public static final Glyphs ASCII = new Glyphs(
            "*",
            "+",
            "x",
            "!",
            "-",
            ">",
            "-",
            ">",
            "~",
            " | ",
            "?",
            "++++",
            "|",
            "`",
            "_.-~=*#@",
            ">v",
            "#",
            "++++=|",
            "|^-+++",
            "#%x?.",
            "#=",
            "-=+:~o..x",
            "^");

    /**
     * Returns the text as it is drawn with these glyphs: without Unicode, patop's own signs in texts have ASCII forms
     * of the same width. Letters from outside stay, since a name must not be changed.
     */
    public String drawn(String text) {
        return equals(UNICODE) || text.chars().allMatch(c -> c < 0x80)
                ? text
                : text.replace("\u2265 ", ">=")
                        .replace("\u00b1", "+-")
                        .replace('\u2026', '~')
                        .replace('\u00b7', '-')
                        .replace('\u2192', '>')
                        .replace(Printable.REPLACEMENT, '?');
    }

    /** Returns the sign for one second of the probe: the outcome of the tries that began in it. */
    public String second(SecondBySecond.Second second) {
        return String.valueOf(strip.charAt(kind(second)));
    }

    private static int kind(SecondBySecond.Second second) {
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
