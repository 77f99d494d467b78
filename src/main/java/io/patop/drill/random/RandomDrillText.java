package io.patop.drill.random;

import io.patop.history.Anomaly;
import io.patop.history.OperationText;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.text.ReportLines;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report of a random drill as plain text. */
public final class RandomDrillText {

    private RandomDrillText() {}

    /** Returns the whole report; each line ends with a newline. */
    public static String of(RandomDrillReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Random drill of cluster " + report.cluster());
        lines.add(report.verdict());
        lines.add("");
        ReportLines.fact(lines, "plan", report.plan());
        ReportLines.fact(
                lines,
                "began",
                report.began().truncatedTo(ChronoUnit.SECONDS) + ", took " + DurationText.text(report.length()) + ", "
                        + report.run().ending().text());
        report.settings().forEach(line -> ReportLines.fact(lines, "cluster", line));
        ReportLines.fact(lines, "claim", report.claims().durability().text());
        ReportLines.fact(
                lines, "faults", String.valueOf(report.run().schedule().faults().size()));
        ReportLines.fact(
                lines, "clients", HistoryCounts.of(report.run().history()).text());
        anomalies(lines, "Violation: ", report.shown());
        anomalies(lines, "Allowed by the settings: ", report.run().check().findings());
        totals(lines, report);
        ReportLines.section(
                lines,
                "Left out, since they were not possible then:",
                report.run().leftOut());
        if (!report.isGood()) {
            script(lines, report);
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(Printable.line(line)).append('\n'));
        return text.toString();
    }

    /** Tells one of each kind, since the others mostly come from the same cause, and how many there are. */
    private static void anomalies(List<String> lines, String begins, List<Anomaly> anomalies) {
        for (Anomaly.Kind kind : Anomaly.Kind.values()) {
            List<Anomaly> alike =
                    anomalies.stream().filter(anomaly -> anomaly.kind() == kind).toList();
            alike.stream().findFirst().ifPresent(first -> {
                lines.add("");
                lines.add(begins + kind.text() + ": " + first.text());
                first.proof().forEach(operation -> lines.add(OperationText.of(operation)));
            });
        }
    }

    private static void totals(List<String> lines, RandomDrillReport report) {
        List<String> several = report.run().check().totals().entrySet().stream()
                .filter(total -> total.getValue() > 1)
                .sorted(Map.Entry.comparingByKey())
                .map(total -> total.getKey().text() + ": " + total.getValue())
                .toList();
        ReportLines.section(lines, "In the whole run there are more:", several);
    }

    private static void script(List<String> lines, RandomDrillReport report) {
        lines.add("");
        int faults = report.run().schedule().faults().size();
        lines.add(report.shrunk()
                .filter(shrunk -> shrunk.run().schedule().faults().size() < faults)
                .map(shrunk -> "Shrunk from " + faults + " faults to "
                        + shrunk.run().schedule().faults().size() + " in " + shrunk.tries() + " runs:")
                .orElse("The schedule:"));
        FaultSchedule schedule = report.shrunk()
                .map(shrunk -> shrunk.run().schedule())
                .orElse(report.run().schedule());
        schedule.script().lines().forEach(line -> lines.add("  " + line));
        lines.add("These lines in a file play it again: " + report.again());
    }
}
