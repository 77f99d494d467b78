package io.patop.haproxy;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Parses HAProxy's output by the columns' names: its CSV, {@code show info} and {@code show servers state}. */
final class StatsText {

    /** The first words of the CSV, the same since the first version that wrote it. */
    private static final String CSV = "# pxname,svname,";

    private static final ObjectReader LINES =
            new CsvMapper().readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY);
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private StatsText() {}

    /** The text is something else; the message is one line for a person. */
    static final class NotStatistics extends IOException {
        NotStatistics(String message) {
            super(message);
        }
    }

    /** Returns whether the text begins as the CSV of statistics does. */
    static boolean isCsv(String text) {
        return text.startsWith(CSV);
    }

    /** Returns the lines of the CSV. A last line that was cut off has fewer fields, and counts all the same. */
    static List<StatRow> rows(String csv) throws NotStatistics {
        if (!isCsv(csv)) {
            throw new NotStatistics("no statistics of HAProxy: its CSV begins with \"# pxname,svname\"");
        }
        try (MappingIterator<List<String>> lines = LINES.readValues(csv.substring(2))) {
            List<String> names = lines.next();
            List<StatRow> rows = new ArrayList<>();
            while (lines.hasNext()) {
                List<String> line = lines.next();
                if (line.size() > 1) {
                    rows.add(row(names, line));
                }
            }
            return rows;
        } catch (IOException | RuntimeException broken) {
            throw new NotStatistics("its CSV cannot be read");
        }
    }

    private static StatRow row(List<String> names, List<String> line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < line.size(); i++) {
            String name = i < names.size() ? names.get(i) : "column " + (i + 1);
            if (!name.isEmpty() && !name.equals("-")) {
                fields.put(name, line.get(i) == null ? "" : line.get(i));
            }
        }
        return new StatRow(fields);
    }

    /** Parses {@code Name: value}, a line each. */
    static ProcessInfo info(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return new ProcessInfo(fields);
    }

    /**
     * Parses the format's version, the names after {@code #}, and a line for each server; returns none if the text is
     * not of this form.
     */
    static List<ServerState> states(String text) {
        List<ServerState> states = new ArrayList<>();
        List<String> names = List.of();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# ")) {
                names = List.of(SPACES.split(line.substring(2).strip(), -1));
            } else if (!names.isEmpty() && !line.isBlank()) {
                states.add(state(names, SPACES.split(line.strip(), -1)));
            }
        }
        return states;
    }

    private static ServerState state(List<String> names, String[] values) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.size(), values.length); i++) {
            fields.put(names.get(i), values[i]);
        }
        return new ServerState(fields);
    }
}
