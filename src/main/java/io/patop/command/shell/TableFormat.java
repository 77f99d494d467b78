package io.patop.command.shell;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The output formats of patronictl, each with its writer: the same text, byte for byte, for the same table.
 * Text from outside is made fit for a terminal in PRETTY and TSV; JSON and YAML escape it by themselves.
 */
public enum TableFormat {
    /** A frame with the title in its first rule, for people. */
    PRETTY {
        @Override
        public String write(Table table) {
            return PrettyTable.write(table);
        }
    },
    /** Tab separated, with a line of names. A line end within a text is a space, so a row is one line. */
    TSV {
        @Override
        public String write(Table table) {
            Stream<String> names = table.columns().stream().map(Table.Column::name);
            Stream<String> lines = table.rows().stream()
                    .map(row -> row.stream().map(TableCell::printableLine).collect(Collectors.joining("\t")));
            return Stream.concat(Stream.of(names.collect(Collectors.joining("\t"))), lines)
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    },
    /** A list of objects on one line, keys in the columns' order. */
    JSON {
        @Override
        public String write(Table table) {
            return PythonJson.of(objects(table)) + "\n";
        }
    },
    /** A list of objects, keys sorted, with an empty line after it. Its other name is {@code yml}. */
    YAML {
        @Override
        public String write(Table table) {
            return YamlText.block(objects(table)) + "\n";
        }
    };

    /** The whole output, with its last line end. */
    public abstract String write(Table table);

    /** Whether a person reads it: only then the lines about the cluster come below the table. */
    public boolean isForPeople() {
        return this == PRETTY;
    }

    /** The format of that name, as patronictl 3.2.1 and later accept it, in capitals or not. */
    public static Optional<TableFormat> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("yml")
                ? Optional.of(YAML)
                : Arrays.stream(values())
                        .filter(format -> format.toString().equals(lower))
                        .findFirst();
    }

    /** The format that a person chose. */
    public static TableFormat chosen(String name) {
        return named(name).orElseThrow(() -> notOne(name, names()));
    }

    /** A format that a command does not have. */
    public static CommandFailure notOne(String name, List<String> formats) {
        return UsageErrors.noChoice("'--format' / '-f'", name, formats);
    }

    /** All names that {@link #named} knows, for messages and completion. */
    static List<String> names() {
        return List.of("pretty", "tsv", "json", "yaml", "yml");
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<Map<String, Object>> objects(Table table) {
        return table.rows().stream().map(row -> object(table, row)).toList();
    }

    private static Map<String, Object> object(Table table, List<TableCell> row) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Optional<Object> value = row.get(i).value();
            if (value.isPresent() || table.title().isEmpty()) {
                object.put(table.columns().get(i).name(), value.orElse(""));
            }
        }
        return object;
    }
}
