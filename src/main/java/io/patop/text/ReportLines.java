package io.patop.text;

import java.util.List;
import java.util.Locale;

/** The lines that plain-text reports have in common. Names and values may come from outside. */
public final class ReportLines {

    private ReportLines() {}

    /** Adds a value with its name before it. */
    public static void fact(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "%-9s %s", name, Printable.line(value)));
    }

    /** Adds a title with its items below; nothing if there are none. */
    public static void section(List<String> lines, String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(title);
            items.forEach(item -> lines.add("  " + Printable.line(item)));
        }
    }
}
