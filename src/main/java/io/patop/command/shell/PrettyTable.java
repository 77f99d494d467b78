package io.patop.command.shell;

import io.patop.text.Printable;
import io.patop.text.TerminalColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws patronictl's table (Python's prettytable with the title written over its first rule): widths are as shown on
 * a terminal, and a rule stands below each row as soon as one cell has several lines.
 */
final class PrettyTable {

    private final List<Table.Column> columns;
    private final List<List<List<String>>> rows;
    private final int[] widths;

    private PrettyTable(List<Table.Column> columns, List<List<List<String>>> rows) {
        this.columns = columns;
        this.rows = rows;
        this.widths = IntStream.range(0, columns.size()).map(this::width).toArray();
    }

    /** Returns the table with all rows and the last line end. */
    static String write(Table table) {
        int[] shown = IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).heading().isPresent())
                .toArray();
        List<Table.Column> columns =
                IntStream.of(shown).mapToObj(table.columns()::get).toList();
        List<List<List<String>>> rows = table.rows().stream()
                .map(row -> IntStream.of(shown)
                        .mapToObj(i -> row.get(i).printableLines())
                        .toList())
                .toList();
        return new PrettyTable(columns, rows).draw(table.title());
    }

    private String draw(Optional<String> title) {
        String rule = rule();
        boolean ruled = rows.stream().flatMap(List::stream).anyMatch(lines -> lines.size() > 1);
        List<String> out = new ArrayList<>();
        out.add(title.map(text -> titled(rule, text)).orElse(rule));
        out.add(line(columns.stream().map(PrettyTable::heading).toList()));
        out.add(rule);
        for (List<List<String>> row : rows) {
            out.addAll(lines(row));
            if (ruled) {
                out.add(rule);
            }
        }
        if (!ruled) {
            out.add(rule);
        }
        return out.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private int width(int column) {
        int widest = rows.stream()
                .flatMap(row -> row.get(column).stream())
                .mapToInt(TerminalColumns::of)
                .max()
                .orElse(0);
        return Math.max(widest, TerminalColumns.of(heading(columns.get(column))));
    }

    private static String heading(Table.Column column) {
        return Printable.line(column.heading().orElse(""));
    }

    private String rule() {
        return IntStream.of(widths).mapToObj(width -> "-".repeat(width + 2)).collect(Collectors.joining("+", "+", "+"));
    }

    /** Returns the rule with the title over its dashes, cut to the space between the corners. */
    private static String titled(String rule, String title) {
        int room = rule.length() - 2;
        String line = TerminalColumns.fitted(Printable.line(title), room);
        return "+" + line + rule.substring(1 + TerminalColumns.of(line));
    }

    private List<String> lines(List<List<String>> row) {
        int height = row.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height)
                .mapToObj(i -> line(row.stream()
                        .map(cell -> i < cell.size() ? cell.get(i) : "")
                        .toList()))
                .toList();
    }

    private String line(List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> " " + aligned(texts.get(i), i) + " ")
                .collect(Collectors.joining("|", "|", "|"));
    }

    private String aligned(String text, int column) {
        String padding = " ".repeat(widths[column] - TerminalColumns.of(text));
        return columns.get(column).alignment() == Table.Alignment.RIGHT ? padding + text : text + padding;
    }
}
