package io.patop.screen.terminal;

import java.util.Objects;

/**
 * One field of a table: a text and its meaning.
 *
 * @param text not yet made fit for a terminal
 * @param ink how it is meant
 */
public record Cell(String text, Ink ink) {
    /** Nothing to say. */
    public static final Cell EMPTY = new Cell("", Ink.TEXT);

    /** Checks that both parts are there. */
    public Cell {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(ink, "ink");
    }

    public static Cell of(String text) {
        return new Cell(text, Ink.TEXT);
    }
}
