package io.patop.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks a long line into several, between words where it can. */
public final class LineWrap {

    private LineWrap() {}

    /** Returns lines of that many columns at most, which hold all of the text: a longer word is broken. */
    public static List<String> lines(String text, int width) {
        return lines(text, width, "", Integer.MAX_VALUE, true);
    }

    /**
     * Returns lines that are broken between words only: what does not fit then is in the last one, and longer.
     *
     * @param indent stands before each line but the first
     * @param most how many lines there are at most
     */
    public static List<String> betweenWords(String text, int width, String indent, int most) {
        return lines(text, width, indent, most, false);
    }

    private static List<String> lines(String text, int width, String indent, int most, boolean breaksWords) {
        List<String> lines = new ArrayList<>();
        String before = "";
        String rest = text;
        int room = width;
        while (rest.length() > 1 && TerminalColumns.of(rest) > room && lines.size() < most - 1) {
            int fits = Math.max(1, TerminalColumns.fitted(rest, room).length());
            int space = rest.lastIndexOf(' ', fits);
            if (space <= 0 && !breaksWords) {
                break;
            }
            lines.add(before + rest.substring(0, space > 0 ? space : fits));
            rest = rest.substring(space > 0 ? space + 1 : fits);
            before = indent;
            room = width - indent.length();
        }
        lines.add(before + rest);
        return lines;
    }
}
