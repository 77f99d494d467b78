package io.patop.drill;

import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of text with titles and rows. Columns of numbers are aligned to the right.
 *
 * @param titles of the columns
 * @param cells row by row
 */
record Rows(List<String> titles, List<List<String>> cells) {

    Rows {
        titles = List.copyOf(titles);
        cells = cells.stream().map(List::copyOf).toList();
    }

    /** The table in columns, two spaces apart, with titles of several words on two lines and no spaces at line ends. */
    List<String> text() {
        List<List<String>> all = new ArrayList<>();
        List<String> above = titles.stream().map(Rows::above).toList();
        if (above.stream().anyMatch(words -> !words.isEmpty())) {
            all.add(above);
        }
        all.add(titles.stream().map(Rows::below).toList());
        cells.forEach(row -> all.add(row.stream().map(Printable::line).toList()));
        List<String> lines = new ArrayList<>();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < titles.size(); i++) {
                String pad = " ".repeat(width(all, i) - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(isFigure(i) ? pad + row.get(i) : row.get(i) + pad);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String above(String title) {
        int last = title.lastIndexOf(' ');
        return last < 0 ? "" : title.substring(0, last);
    }

    private static String below(String title) {
        return title.substring(title.lastIndexOf(' ') + 1);
    }

    /** The table in Markdown, line by line. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(row(titles));
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            rule.add(isFigure(i) ? "---:" : "---");
        }
        lines.add(row(rule));
        cells.forEach(row -> lines.add(row(row.stream().map(Rows::escaped).toList())));
        return lines;
    }

    /** The text with all of Markdown's special characters escaped. */
    static String escaped(String text) {
        return Printable.line(text).replaceAll("([\\\\`*_{}\\[\\]<>()#+!|~])", "\\\\$1");
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static int width(List<List<String>> all, int column) {
        return all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isFigure(int column) {
        return cells.stream().map(row -> row.get(column)).anyMatch(cell -> cell.matches("[0-9].*"))
                && cells.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("[-?0-9].*|"));
    }
}
