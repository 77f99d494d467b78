package io.patop.drill;

import io.patop.text.DurationText;
import java.util.ArrayList;
import java.util.List;

/** A report in Markdown, as GitHub renders it. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The whole report; each line ends with a newline. */
    public static String of(DrillReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("# Failover drill of cluster " + Rows.escaped(report.cluster()));
        lines.add("");
        lines.add("**" + Rows.escaped(report.verdict()) + "**");
        lines.add("");
        fact(lines, "Plan", report.plan().text());
        fact(lines, "Goals", report.plan().goals().text());
        fact(lines, "Began", TextReport.TIME.format(report.began()) + ", took " + DurationText.text(report.took()));
        fact(lines, "Cluster", String.join(", ", report.settings().members()));
        fact(lines, "Versions", report.settings().versions());
        fact(lines, "Settings", report.settings().text());
        fact(lines, "Probe", report.probe());
        if (!report.runs().isEmpty()) {
            lines.add("");
            lines.add("## Runs");
            lines.add("");
            lines.addAll(ReportTables.runs(report).markdown());
            if (report.runs().stream().anyMatch(run -> !run.phases().isEmpty())) {
                lines.add("");
                lines.add("## Phases, after the fault");
                lines.add("");
                lines.addAll(ReportTables.phases(report).markdown());
            }
        }
        ReportTables.clients(report).ifPresent(rows -> {
            lines.add("");
            lines.add("## " + ReportTables.clientsTitle(report));
            lines.add("");
            lines.addAll(rows.markdown());
        });
        section(lines, "Outage, as forecast before the fault", ReportTables.forecasts(report));
        section(lines, "Where the time went", ReportTables.bills(report));
        section(lines, "Lost writes", ReportTables.losses(report));
        section(lines, "Not met", report.missed());
        section(lines, "Patroni did not recover; the evidence", ReportTables.evidence(report));
        section(lines, "Still broken; this puts it right", report.broken());
        return String.join("\n", lines) + "\n";
    }

    private static void fact(List<String> lines, String name, String value) {
        lines.add("- " + name + ": " + Rows.escaped(value));
    }

    private static void section(List<String> lines, String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add("## " + title);
            lines.add("");
            items.forEach(item -> lines.add("- " + Rows.escaped(item)));
        }
    }
}
