package io.patop.screen.terminal;

/**
 * One field of a table: a text and its meaning.
 *
 * @param text not yet made fit for a terminal
 * @param ink its meaning
 */
public record Cell(String text, Ink ink) {
    /** A cell without text. */
    public static final Cell EMPTY = new Cell("", Ink.TEXT);

    public static Cell of(String text) {
        return new Cell(text, Ink.TEXT);
    }
}
