package io.patop.screen.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws rows in columns. Each column is as wide as its widest cell. On a narrower terminal, names are shortened
 * first, then words and numbers that are longer than any real one, then whole columns are left out, the least
 * important first. Before a column of rank 1 is left out, words are shortened once more. A real number is never cut.
 */
public final class Grid<R> {

    private static final int GAP = 2;
    private static final int SHORTEST_NAME = 12;
    private static final int LONGEST_NAME = 40;

    /**
     * Width of the longest state that is common, "in archive recovery". A longer word must not push the numbers out.
     */
    private static final int SHORTEST_WORD = 20;

    /** Width of "Sync Standby" and "streaming", to which a word is cut to make room for a number. */
    private static final int SHORT_WORD = 12;

    /** Width of "1023 MB dcs", and of a timeline with eleven digits; PostgreSQL's have at most ten. */
    private static final int LONGEST_FIGURE = 11;

    private final List<Column<R>> columns;

    public Grid(List<Column<R>> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Draws rows that exist already, see {@link #draw(Canvas, List, Function, int)}. */
    public void draw(Canvas canvas, List<R> rows, int selected) {
        draw(canvas, rows, row -> row, selected);
    }

    /**
     * Draws the titles and as many rows as fit, such that the selected row is among them.
     *
     * @param things what the rows are made of
     * @param row makes the row of a thing; called only for those that fit
     * @param selected index of the selected row, or negative for none
     */
    public <T> void draw(Canvas canvas, List<T> things, Function<T, R> row, int selected) {
        if (canvas.height() < 1) {
            return;
        }
        int room = Math.max(0, canvas.height() - 1);
        int first = Math.max(0, Math.min(selected - room + 1, things.size() - room));
        List<List<Cell>> cells = things.subList(first, Math.min(things.size(), first + room)).stream()
                .map(row)
                .map(made -> columns.stream()
                        .map(column -> column.cell().apply(made))
                        .toList())
                .toList();
        int[] widths = widths(canvas, cells);
        List<Integer> visible = fit(canvas.width() - 2, widths, used(cells));
        drawTitles(canvas, widths, visible);
        for (int i = 0; i < cells.size(); i++) {
            if (selected >= 0) {
                canvas.part(0, i + 1, canvas.width(), 1).onClick(new FrameIndex.Target.Row(first + i - selected));
            }
            if (first + i == selected) {
                canvas.onCopy(text(cells.get(i)));
            }
            drawRow(canvas, i + 1, cells.get(i), widths, visible, first + i == selected);
        }
        if (things.size() > cells.size() && room > 0) {
            int below = things.size() - first - cells.size();
            canvas.putRight(canvas.width(), 0, below > 0 ? "+" + below + " below" : "end", Ink.DIM);
        }
    }

    private static String text(List<Cell> row) {
        return row.stream()
                .map(cell -> cell.text().strip())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private List<Integer> used(List<List<Cell>> cells) {
        return IntStream.range(0, columns.size())
                .filter(i -> !columns.get(i).rare()
                        || cells.stream().anyMatch(row -> !row.get(i).text().isEmpty()))
                .boxed()
                .toList();
    }

    private int[] widths(Canvas canvas, List<List<Cell>> cells) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Canvas.columns(columns.get(i).title());
            for (List<Cell> row : cells) {
                widths[i] =
                        Math.max(widths[i], Canvas.columns(canvas.fit(row.get(i).text(), canvas.width())));
            }
            if (columns.get(i).shrinks()) {
                widths[i] = Math.min(widths[i], LONGEST_NAME);
            }
        }
        return widths;
    }

    /**
     * Leaves out columns while even shortened names leave too little room; then shortens names only as far as is
     * needed.
     */
    private List<Integer> fit(int room, int[] widths, List<Integer> used) {
        List<Integer> visible = new ArrayList<>(used);
        int[] shortest = widths.clone();
        shrink(room, shortest, visible);
        while (total(shortest, visible) > room) {
            Optional<Integer> least = visible.stream()
                    .filter(i -> columns.get(i).rank() > 0)
                    .reduce((one, next) ->
                            columns.get(next).rank() >= columns.get(one).rank() ? next : one);
            if (least.isEmpty()) {
                break;
            }
            if (columns.get(least.get()).rank() == 1 && shrinkMore(room, shortest, visible)) {
                continue;
            }
            visible.remove(least.get());
        }
        shrink(room, widths, visible);
        boolean unused = shrinkMore(room, widths, visible);
        return visible;
    }

    private void shrink(int room, int[] widths, List<Integer> visible) {
        shrink(room, widths, visible, Column::shrinks, SHORTEST_NAME);
        shrink(room, widths, visible, Grid::isWord, SHORTEST_WORD);
        shrink(room, widths, visible, Column::right, LONGEST_FIGURE);
    }

    /** Shortens words once more; returns whether that made room. */
    private boolean shrinkMore(int room, int[] widths, List<Integer> visible) {
        int before = total(widths, visible);
        shrink(room, widths, visible, Grid::isWord, SHORT_WORD);
        return total(widths, visible) < before;
    }

    private static boolean isWord(Column<?> column) {
        return column.rank() <= 1 && !column.right() && !column.shrinks();
    }

    private void shrink(int room, int[] widths, List<Integer> visible, Predicate<Column<R>> which, int shortest) {
        for (int i = widths.length - 1; i >= 0; i--) {
            int excess = total(widths, visible) - room;
            if (excess > 0 && which.test(columns.get(i)) && visible.contains(i)) {
                widths[i] = Math.max(Math.min(shortest, widths[i]), widths[i] - excess);
            }
        }
    }

    private static int total(int[] widths, List<Integer> visible) {
        return visible.stream().mapToInt(i -> widths[i]).sum() + GAP * Math.max(0, visible.size() - 1);
    }

    private void drawTitles(Canvas canvas, int[] widths, List<Integer> visible) {
        int x = 2;
        for (int i : visible) {
            drawCell(
                    canvas,
                    x,
                    0,
                    new Cell(columns.get(i).title(), Ink.TITLE),
                    widths[i],
                    columns.get(i).right(),
                    false);
            x += widths[i] + GAP;
        }
    }

    private void drawRow(
            Canvas canvas, int row, List<Cell> cells, int[] widths, List<Integer> visible, boolean selected) {
        if (selected) {
            canvas.put(0, row, " ".repeat(canvas.width()), Ink.TEXT, true);
            canvas.put(0, row, canvas.glyphs().cursor(), Ink.TEXT, true);
        }
        int x = 2;
        for (int i : visible) {
            drawCell(canvas, x, row, cells.get(i), widths[i], columns.get(i).right(), selected);
            x += widths[i] + GAP;
        }
    }

    private static void drawCell(Canvas canvas, int x, int row, Cell cell, int width, boolean right, boolean selected) {
        String text = canvas.fit(cell.text(), width);
        int pad = right ? width - Canvas.columns(text) : 0;
        canvas.put(x + pad, row, text, cell.ink(), selected);
    }
}
