package io.patop.command.shell;

import io.patop.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cell of a {@link Table}: its value for programs (JSON, YAML), and its texts for people and for tab separated
 * lines. The texts are kept as they came; the writers make them safe for a terminal.
 *
 * @param value a {@link String}, {@link Number} or {@link Map}; empty for an empty cell
 * @param lines what the pretty table shows, one line or more
 * @param line what a tab separated line shows
 */
public record TableCell(Optional<Object> value, List<String> lines, String line) {

    public static final TableCell EMPTY = new TableCell(Optional.empty(), List.of(""), "");

    public TableCell {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a cell has one line or more");
        }
    }

    /** Makes a cell of one text for all formats; an empty text is an empty cell. */
    public static TableCell text(String text) {
        return text.isEmpty() ? EMPTY : new TableCell(Optional.of(text), List.of(text), text);
    }

    public static TableCell number(long number) {
        String text = Long.toString(number);
        return new TableCell(Optional.of(number), List.of(text), text);
    }

    /** Makes a cell of several short texts: a line each for people, one text with line ends for programs. */
    public static TableCell lines(List<String> full, List<String> shown) {
        String text = String.join("\n", full);
        return full.isEmpty() ? EMPTY : new TableCell(Optional.of(text), shown, text);
    }

    /** Makes a cell of names with values: YAML, a line each, for people; an object for programs. */
    public static TableCell block(Map<String, Object> values) {
        return values.isEmpty()
                ? EMPTY
                : new TableCell(
                        Optional.of(values),
                        YamlText.block(values).strip().lines().toList(),
                        YamlText.unfolded(values).strip());
    }

    /** Makes a cell as {@link #block} does, but on one line for people too, as patronictl has it in a topology. */
    public static TableCell flow(Map<String, Object> values) {
        if (values.isEmpty()) {
            return EMPTY;
        }
        return new TableCell(
                Optional.of(values),
                YamlText.flow(values).strip().lines().toList(),
                YamlText.unfolded(values).strip());
    }

    /** Returns the lines, safe for a terminal. */
    List<String> printableLines() {
        return lines.stream().map(Printable::line).toList();
    }

    /** Returns the line, safe for a terminal; a line end within it becomes a space. */
    String printableLine() {
        return Printable.line(line);
    }
}
