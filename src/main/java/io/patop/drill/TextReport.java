package io.patop.drill;

import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.text.ReportLines;
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
        ReportLines.fact(lines, "plan", report.plan().text());
        ReportLines.fact(lines, "goals", report.plan().goals().text());
        ReportLines.fact(lines, "began", TIME.format(report.began()) + ", took " + DurationText.text(report.took()));
        ReportLines.fact(lines, "cluster", String.join(", ", report.settings().members()));
        ReportLines.fact(lines, "versions", report.settings().versions());
        ReportLines.fact(lines, "settings", report.settings().timing());
        ReportLines.fact(lines, "", report.settings().safety());
        ReportLines.fact(lines, "probe", report.probe());
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
        ReportLines.section(lines, "Outage, as forecast before the fault:", ReportTables.forecasts(report));
        ReportLines.section(lines, "Where the time went:", ReportTables.bills(report));
        ReportLines.section(lines, "Lost writes:", ReportTables.losses(report));
        ReportLines.section(lines, "Not met:", report.missed());
        ReportLines.section(lines, "Patroni did not recover; the evidence:", ReportTables.evidence(report));
        ReportLines.section(lines, "Still broken; this puts it right:", report.broken());
        return String.join("\n", lines)
                        .replace("\u00b1", "+-")
                        .replace("\u2265", ">=")
                        .replace("\u00d7", "x") + "\n";
    }
}
