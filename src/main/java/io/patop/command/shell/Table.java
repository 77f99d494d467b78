package io.patop.command.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns and rows that a command prints, independent of the format, as patronictl's commands have them.
 * {@link TableFormat} writes them.
 *
 * @param title text in the pretty table's first rule. As with patronictl, a table that has one leaves empty cells
 *     out of JSON and YAML, one without keeps them as empty texts
 * @param columns columns from left to right
 * @param rows each with a cell for each column
 */
public record Table(Optional<String> title, List<Column> columns, List<List<TableCell>> rows) {

    /** The alignment of texts in a column. */
    public enum Alignment {
        LEFT,
        RIGHT
    }

    /**
     * A column.
     *
     * @param name name in TSV, JSON and YAML, unique in its table
     * @param heading heading in the pretty table; empty if that table leaves the column out, because the title
     *     tells it
     * @param alignment alignment of the heading and the cells
     */
    public record Column(String name, Optional<String> heading, Alignment alignment) {

        /** Makes a column that has the same name everywhere. */
        public static Column of(String name, Alignment alignment) {
            return new Column(name, Optional.of(name), alignment);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns are named " + column.name());
            }
        }
        for (List<TableCell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row has " + row.size() + " cells, not " + columns.size());
            }
        }
    }
}
