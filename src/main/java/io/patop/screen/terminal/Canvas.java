package io.patop.screen.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.TextGraphics;
import io.patop.text.Printable;
import io.patop.text.TerminalColumns;
import java.util.EnumSet;
import java.util.Set;

/**
 * A rectangle to write on. All text of the screen passes through it: text is made safe for a terminal, measured in
 * columns and cut at the edge, so that nothing from outside can move the cursor or break a column.
 */
public final class Canvas {

    private final TextGraphics graphics;
    private final Theme theme;
    private final Glyphs glyphs;
    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final FrameIndex index;

    private Canvas(
            TextGraphics graphics,
            Theme theme,
            Glyphs glyphs,
            FrameIndex index,
            int left,
            int top,
            int width,
            int height) {
        this.graphics = graphics;
        this.theme = theme;
        this.glyphs = glyphs;
        this.index = index;
        this.left = left;
        this.top = top;
        this.width = Math.max(0, width);
        this.height = Math.max(0, height);
    }

    /** Makes a canvas of the whole area of the graphics. */
    public static Canvas of(TextGraphics graphics, Theme theme, Glyphs glyphs) {
        return new Canvas(
                graphics,
                theme,
                glyphs,
                new FrameIndex(),
                0,
                0,
                graphics.getSize().getColumns(),
                graphics.getSize().getRows());
    }

    /** The width in columns. */
    public int width() {
        return width;
    }

    /** The height in rows. */
    public int height() {
        return height;
    }

    public Glyphs glyphs() {
        return glyphs;
    }

    /** Returns what can be found on the whole of what was drawn. */
    public FrameIndex index() {
        return index;
    }

    /** Notes what a click on the whole canvas means. */
    public void onClick(FrameIndex.Target target) {
        index.note(left, top, width, height, target);
    }

    /** Notes the text of the selected row, whole. */
    public void onCopy(String row) {
        index.select(row);
    }

    /** Returns a part of this canvas; what lies outside is cut off. */
    public Canvas part(int column, int row, int columns, int rows) {
        int x = Math.min(Math.max(0, column), width);
        int y = Math.min(Math.max(0, row), height);
        return new Canvas(
                graphics,
                theme,
                glyphs,
                index,
                left + x,
                top + y,
                Math.min(columns, width - x),
                Math.min(rows, height - y));
    }

    /** Returns the part of this canvas from a row on. */
    public Canvas from(int row) {
        return part(0, row, width, height - row);
    }

    /**
     * Writes text and returns the column after it.
     *
     * @param column column of its beginning; text that begins left of the canvas is not written
     * @param row the row to write on
     * @param text text that may hold anything
     * @param ink its meaning
     */
    public int put(int column, int row, String text, Ink ink) {
        return put(column, row, text, ink, false);
    }

    /** Writes text on a row that may be the selected one. */
    public int put(int column, int row, String text, Ink ink, boolean selected) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            return column;
        }
        String line = fit(text, width - column);
        Theme.Look look = theme.look(ink);
        Set<SGR> modifiers = EnumSet.noneOf(SGR.class);
        modifiers.addAll(look.modifiers());
        if (selected) {
            modifiers.addAll(theme.look(Ink.SELECTED).modifiers());
        }
        SGR[] looks = modifiers.toArray(SGR[]::new);
        if (isOneCharAColumn(line)) {
            // Not by withModifiers, which does nothing in Lanterna 3.1.5.
            TextCharacter blank = TextCharacter.fromString(" ", look.foreground(), look.background(), looks)[0];
            for (int i = 0; i < line.length(); i++) {
                graphics.setCharacter(left + column + i, top + row, blank.withCharacter(line.charAt(i)));
            }
            return column + line.length();
        }
        int x = column;
        for (String cell : TerminalColumns.cells(line)) {
            graphics.setCharacter(
                    left + x, top + row, MeasuredCharacter.of(cell, look.foreground(), look.background(), looks));
            x += TerminalColumns.of(cell);
        }
        return x;
    }

    /** Writes text that ends at the column given, or at the right edge. */
    public void putRight(int endColumn, int row, String text, Ink ink) {
        int end = Math.min(endColumn, width);
        String line = fit(text, end);
        put(end - columns(line), row, line, ink);
    }

    /** Draws a line across, with a title in it. */
    public void rule(int row, String title) {
        put(0, row, glyphs.rule().repeat(width), Ink.DIM);
        if (!title.isEmpty()) {
            put(1, row, " " + title + " ", Ink.TITLE);
        }
    }

    /** Fills the canvas with blanks. */
    public void clear() {
        String blanks = " ".repeat(width);
        for (int row = 0; row < height; row++) {
            put(0, row, blanks, Ink.TEXT);
        }
    }

    /** Returns the text, made safe and cut to this many columns. */
    public String fit(String text, int columns) {
        String line = glyphs.drawn(measurable(Printable.line(text)));
        if (columns(line) <= columns) {
            return line;
        }
        if (columns <= 0) {
            return "";
        }
        String ellipsis = glyphs.ellipsis();
        return TerminalColumns.fitted(line, Math.max(0, columns - columns(ellipsis))) + ellipsis;
    }

    /** Returns how many columns a text takes. */
    public static int columns(String text) {
        String line = measurable(Printable.line(text));
        return isOneCharAColumn(line) ? line.length() : TerminalColumns.of(line);
    }

    /** Returns the text with blanks after it up to this many columns. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - columns(text)));
    }

    /** Returns whether each char takes one column, as in most text. To look for marks and wide characters is slow. */
    private static boolean isOneCharAColumn(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean isSign = c == '\u2026' || (c >= '\u2500' && c < '\u25FD') || c == '\u2605' || c == '\u2717';
            if (c < ' ' || (c > '~' && !isSign)) {
                return false;
            }
        }
        return true;
    }

    /** Replaces what terminals count differently, and what Lanterna cannot write. */
    private static String measurable(String text) {
        return isOneCharAColumn(text) ? text : plane0(TerminalColumns.undisputed(text));
    }

    /**
     * Replaces characters outside plane 0: Lanterna writes char by char, so a surrogate pair would come out as two
     * broken characters.
     */
    private static String plane0(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> line.append(point > 0xFFFF ? Printable.REPLACEMENT : (char) point));
        return line.toString();
    }
}
