package io.patop.drill;

import io.patop.text.DurationText;
import io.patop.text.Printable;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report in plain ASCII text, for a terminal, a log or an e-mail. */
public final class TextReport {

    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TextReport() {}

    /** The whole report; each line ends with a newline. */
    public static String of(DrillReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Failover drill of cluster " + Printable.line(report.cluster()));
        lines.add(Printable.line(report.verdict()));
        lines.add("");
        fact(lines, "plan", report.plan().text());
        fact(lines, "goals", report.plan().goals().text());
        fact(lines, "began", TIME.format(report.began()) + ", took " + DurationText.text(report.took()));
        fact(lines, "cluster", String.join(", ", report.settings().members()));
        fact(lines, "versions", report.settings().versions());
        fact(lines, "settings", report.settings().timing());
        fact(lines, "", report.settings().safety());
        fact(lines, "probe", report.probe());
        if (!report.runs().isEmpty()) {
            lines.add("");
            lines.addAll(ReportTables.runs(report).text());
            if (report.runs().stream().anyMatch(run -> !run.phases().isEmpty())) {
                lines.add("");
                lines.add("Phases, after the fault:");
                lines.addAll(ReportTables.phases(report).text());
            }
        }
        ReportTables.clients(report).ifPresent(rows -> {
            lines.add("");
            lines.add(ReportTables.clientsTitle(report) + ":");
            lines.addAll(rows.text());
        });
        section(lines, "Outage, as forecast before the fault:", ReportTables.forecasts(report));
        section(lines, "Where the time went:", ReportTables.bills(report));
        section(lines, "Lost writes:", ReportTables.losses(report));
        section(lines, "Not met:", report.missed());
        section(lines, "Patroni did not recover; the evidence:", ReportTables.evidence(report));
        section(lines, "Still broken; this puts it right:", report.broken());
        return String.join("\n", lines)
                        .replace("\u00b1", "+-")
                        .replace("\u2265", ">=")
                        .replace("\u00d7", "x") + "\n";
    }

    private static void fact(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "%-9s %s", name, Printable.line(value)));
    }

    private static void section(List<String> lines, String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(title);
            items.forEach(item -> lines.add("  " + Printable.line(item)));
        }
    }
}
