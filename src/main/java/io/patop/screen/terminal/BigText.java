package io.patop.screen.terminal;

import io.patop.text.TextResource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Text in large letters that can be read from the last row of a room. The font is patop's own, 8 dots high and up to
 * 5 wide; a dot is half a character, one, or several. A text with letters that the font lacks is drawn plain.
 */
public final class BigText {

    /** The size of a dot in columns and rows. Half a row is drawn as a half block. */
    public enum Size {
        /** A dot of one column and half a row: letters of 4 rows. */
        SMALL(1, 1, 4),
        /** A dot of one column and one row, for terminals without half blocks: letters of 8 rows. */
        NARROW(1, 2, 8),
        /** A dot of two columns and one row: letters of 8 rows. */
        LARGE(2, 2, 8),
        /** A dot of four columns and two rows: letters of 16 rows. */
        HUGE(4, 4, 16);

        private final int columns;
        private final int halfRows;
        private final int rows;

        Size(int columns, int halfRows, int rows) {
            this.columns = columns;
            this.halfRows = halfRows;
            this.rows = rows;
        }

        /** Returns how many rows a text takes. */
        public int rows() {
            return rows;
        }

        /** Returns the sizes that a terminal with these glyphs can show, the largest first. */
        public static List<Size> of(Glyphs glyphs) {
            return glyphs.blocks().length() == 3 ? List.of(HUGE, LARGE, SMALL) : List.of(HUGE, LARGE, NARROW);
        }
    }

    private static final int DOTS = 8;
    private static final int BLANK = 3;
    private static final Map<Integer, String[]> LETTERS = letters(TextResource.read(BigText.class, "big-letters.txt"));

    private BigText() {}

    /** Returns whether the font has all letters of the text. */
    public static boolean has(String text) {
        return text.codePoints().allMatch(point -> point == ' ' || LETTERS.containsKey(point));
    }

    /** Returns how many columns the text takes. */
    public static int columns(String text, Size size) {
        int dots = text.codePoints().map(point -> width(point) + 1).sum();
        return Math.max(0, dots - 1) * size.columns;
    }

    /** Draws a text; the font must have its letters, see {@link #has}. */
    public static void draw(Canvas canvas, int x, int y, String text, Size size, Ink ink) {
        for (int row = 0; row < size.rows; row++) {
            StringBuilder line = new StringBuilder();
            int half = row * 2;
            text.codePoints().forEach(point -> {
                for (int dot = 0; dot <= width(point); dot++) {
                    boolean upper = isSet(point, half / size.halfRows, dot);
                    boolean lower = isSet(point, (half + 1) / size.halfRows, dot);
                    line.append(sign(canvas.glyphs(), upper, lower).repeat(size.columns));
                }
            });
            canvas.put(x, y + row, line.toString().stripTrailing(), ink);
        }
    }

    private static String sign(Glyphs glyphs, boolean upper, boolean lower) {
        if (!upper && !lower) {
            return " ";
        }
        int which = upper && lower ? 0 : upper ? 1 : 2;
        return String.valueOf(
                glyphs.blocks().charAt(Math.min(which, glyphs.blocks().length() - 1)));
    }

    private static int width(int point) {
        return point == ' ' ? BLANK : letter(point)[0].length();
    }

    private static String[] letter(int point) {
        return Objects.requireNonNull(LETTERS.get(point));
    }

    private static boolean isSet(int point, int row, int dot) {
        return point != ' ' && dot < width(point) && letter(point)[row].charAt(dot) == '#';
    }

    private static Map<Integer, String[]> letters(String drawn) {
        Map<Integer, String[]> letters = new HashMap<>();
        drawn.lines().forEach(line -> {
            String[] rows = line.substring(2).split("/", -1);
            String[] all = Arrays.copyOf(rows, DOTS);
            Arrays.fill(all, rows.length, DOTS, ".".repeat(rows[0].length()));
            letters.put(line.codePointAt(0), all);
        });
        return Map.copyOf(letters);
    }
}
