package io.patop.screen.terminal;

import java.util.function.Function;

/**
 * A column of a table, as data.
 *
 * @param title the text above the column
 * @param right whether it is aligned to the right, as numbers are
 * @param shrinks whether its text may be cut to make room: names may, numbers never
 * @param rare whether the column is drawn only while one of the rows on the screen has a text in it
 * @param rank 0 for a column that is always shown; of the others the highest rank is left out first when space is
 *     short
 * @param cell makes the cell of a row
 * @param <R> the type of a row
 */
public record Column<R>(String title, boolean right, boolean shrinks, boolean rare, int rank, Function<R, Cell> cell) {

    public static <R> Column<R> name(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, false, true, false, rank, cell);
    }

    public static <R> Column<R> word(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, false, false, false, rank, cell);
    }

    public static <R> Column<R> figure(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, true, false, false, rank, cell);
    }

    public static <R> Column<R> rare(String title, int rank, Function<R, Cell> cell) {
        return new Column<>(title, false, false, true, rank, cell);
    }
}
