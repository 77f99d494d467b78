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
 * patronictl's output formats with their writers: byte for byte the same text for the same table. Text from outside
 * is made safe for a terminal in PRETTY and TSV; JSON and YAML escape it by themselves.
 */
public enum TableFormat {
    /** A frame with the title in its first rule, for people. */
    PRETTY {
        @Override
        public String write(Table table) {
            return PrettyTable.write(table);
        }
    },
    /**
     * Tab separated values with a line of names. A line end within a text becomes a space, so that a row is one line.
     */
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
    /** A list of objects, keys sorted, with an empty line after it. Also named {@code yml}. */
    YAML {
        @Override
        public String write(Table table) {
            return YamlText.block(objects(table)) + "\n";
        }
    };

    /** Returns the whole output, with its last line end. */
    public abstract String write(Table table);

    /** Returns whether the format is for people: only then lines about the cluster follow below the table. */
    public boolean isForPeople() {
        return this == PRETTY;
    }

    /** Returns the format of a name, as patronictl 3.2.1 and later accept it, in any case. */
    public static Optional<TableFormat> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("yml")
                ? Optional.of(YAML)
                : Arrays.stream(values())
                        .filter(format -> format.toString().equals(lower))
                        .findFirst();
    }

    /** Returns the format that a person chose; fails if there is none of this name. */
    public static TableFormat chosen(String name) {
        return named(name).orElseThrow(() -> notOne(name, names()));
    }

    /** Makes the failure for a format that a command does not have. */
    public static CommandFailure notOne(String name, List<String> formats) {
        return UsageErrors.noChoice("'--format' / '-f'", name, formats);
    }

    /** Returns all names that {@link #named} knows, for messages and completion. */
    static List<String> names() {
        return List.of("pretty", "tsv", "json", "yaml", "yml");
    }

    /** Returns the name on the command line. */
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
