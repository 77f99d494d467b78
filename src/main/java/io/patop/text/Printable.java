package io.patop.text;

/**
 * Text from outside, made fit for a terminal. A member's name may hold escape sequences, direction overrides
 * or ten thousand characters; none of that may reach a person's screen.
 */
public final class Printable {

    /** What stands for a character that may not be shown. */
    public static final char REPLACEMENT = '\uFFFD';

    private static final int LONGEST = 4096;

    private Printable() {}

    /**
     * The text on one line: control characters (C0, C1, and so every escape sequence), format characters
     * (direction overrides, zero-width ones), lone surrogates, private and unassigned characters become
     * {@link #REPLACEMENT}; line ends and tabs become one space. Longer than 4096 characters is cut.
     */
    public static String line(String text) {
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return filtered(text, end);
            }
        }
        return end == text.length() ? text : text.substring(0, end) + "…";
    }

    private static String filtered(String text, int end) {
        StringBuilder line = new StringBuilder(end + 1);
        int i = 0;
        while (i < end) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n' || point == '\t' || point == '\r') {
                line.append(' ');
            } else if (isShown(point)) {
                line.appendCodePoint(point);
            } else {
                line.append(REPLACEMENT);
            }
        }
        if (end < text.length()) {
            line.append('…');
        }
        return line.toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
