package io.patop.screen;

import java.util.function.Function;

/**
 * A column of a table, as data.
 *
 * @param title above it
 * @param right whether it is aligned to the right, as figures are
 * @param shrinks whether its text may be cut to make room: names may, figures never
 * @param rank 0 for a column that is always shown; of the others the highest rank goes first when space is short
 * @param cell of a row
 * @param <R> what a row is of
 */
public record Column<R>(String title, boolean right, boolean shrinks, int rank, Function<R, Cell> cell) {

    static <R> Column<R> name(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, false, true, rank, cell);
    }

    static <R> Column<R> word(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, false, false, rank, cell);
    }

    static <R> Column<R> figure(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, true, false, rank, cell);
    }
}
