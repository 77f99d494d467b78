package io.patop.text;

/**
 * Makes text from outside safe for a terminal. A member's name may hold escape sequences, direction overrides or ten
 * thousand characters, and none of these may reach the screen.
 */
public final class Printable {

    /** The replacement for a character that may not be shown. */
    public static final char REPLACEMENT = '\uFFFD';

    private static final int LONGEST = 4096;

    private Printable() {}

    /**
     * The text on one line. Control characters (C0 and C1, so every escape sequence), format characters (direction
     * overrides, zero-width ones), lone surrogates, and private and unassigned characters become
     * {@link #REPLACEMENT}; line ends and tabs become one space. Text beyond 4096 characters is cut off.
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

    /** The message of an exception, or its class where it has none; not yet made safe. */
    public static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
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
