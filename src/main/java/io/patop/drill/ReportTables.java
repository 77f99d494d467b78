package io.patop.drill;

import io.patop.cluster.Timeline;
import io.patop.probe.ClientLoad;
import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.watch.bill.Estimate;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tables that all reports for people share. */
final class ReportTables {

    private static final String UNKNOWN = "-";

    private ReportTables() {}

    /** The table of runs, one row each, with the spread of outages below. */
    static Rows runs(DrillReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (DrillRun run : report.runs()) {
            Optional<DrillRun.Change> change = run.change();
            rows.add(List.of(
                    String.valueOf(run.number()),
                    run.fault().verb(),
                    run.member(),
                    change.flatMap(DrillRun.Change::newLeader).orElse(UNKNOWN),
                    change.map(ReportTables::timelines).orElse(UNKNOWN),
                    DurationText.text(run.writes().measured()),
                    lost(run),
                    String.valueOf(run.writes().unknown()),
                    run.whole().map(ReportNumbers::seconds).orElse(UNKNOWN)));
        }
        if (report.runs().size() > 1) {
            spread(rows, report, "min", Statistics::least);
            spread(rows, report, "median", Statistics::median);
            spread(rows, report, "max", Statistics::most);
        }
        return new Rows(
                List.of("RUN", "FAULT", "MEMBER", "NEW LEADER", "TL", "OUTAGE", "LOST", "UNKNOWN", "WHOLE AGAIN"),
                rows);
    }

    /** The table of phases, one row for each run, with the time after the fault at which it reached each phase. */
    static Rows phases(DrillReport report) {
        List<Phase> reached = Arrays.stream(Phase.values())
                .filter(phase ->
                        report.runs().stream().anyMatch(run -> run.phases().containsKey(phase)))
                .toList();
        List<String> titles = new ArrayList<>(List.of("RUN"));
        reached.forEach(phase -> titles.add(phase.text().toUpperCase(java.util.Locale.ROOT)));
        List<List<String>> rows = new ArrayList<>();
        for (DrillRun run : report.runs()) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(run.number())));
            reached.forEach(phase -> row.add(Optional.ofNullable(run.phases().get(phase))
                    .map(ReportNumbers::seconds)
                    .orElse(UNKNOWN)));
            rows.add(row);
        }
        return new Rows(titles, rows);
    }

    /** The table of what the clients met with, three rows for each run; empty if there were none. */
    static Optional<Rows> clients(DrillReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (DrillRun run : report.runs()) {
            run.clients().ifPresent(load -> load.periods()
                    .forEach((period, counts) -> rows.add(clients(run, period.text(), counts))));
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rows(
                        List.of(
                                "RUN",
                                "PERIOD",
                                "WRITES",
                                "P50",
                                "P95",
                                "P99",
                                "MAX",
                                "WAITING",
                                "REFUSED",
                                "FAILED",
                                "RECONNECTS"),
                        rows));
    }

    private static List<String> clients(DrillRun run, String period, ClientLoad.Counts counts) {
        List<String> row =
                new ArrayList<>(List.of(String.valueOf(run.number()), period, String.valueOf(counts.writes())));
        List.<Function<ClientLoad.Percentiles, Duration>>of(
                        ClientLoad.Percentiles::p50,
                        ClientLoad.Percentiles::p95,
                        ClientLoad.Percentiles::p99,
                        ClientLoad.Percentiles::max)
                .forEach(which -> row.add(
                        counts.waits().map(which).map(ReportNumbers::millis).orElse(UNKNOWN)));
        for (long count : new long[] {counts.waiting(), counts.refused(), counts.failed(), counts.reconnects()}) {
            row.add(String.valueOf(count));
        }
        return row;
    }

    /** The title of that table. */
    static String clientsTitle(DrillReport report) {
        int clients = report.runs().stream()
                .flatMap(run -> run.clients().stream())
                .mapToInt(ClientLoad::clients)
                .max()
                .orElse(0);
        return "How long " + ReportNumbers.count(clients, "client") + " waited for a write, retries included";
    }

    /** The lines that tell where the time of each outage went, and what would make it shorter. */
    static List<String> bills(DrillReport report) {
        List<String> bills = new ArrayList<>();
        for (DrillRun run : report.runs()) {
            run.bill().ifPresent(bill -> bill.lines().forEach(line -> bills.add("run " + run.number() + ": " + line)));
        }
        return bills;
    }

    /** The lines that hold each outage beside its forecast. */
    static List<String> forecasts(DrillReport report) {
        return report.runs().stream()
                .flatMap(run -> run.expected().stream()
                        .map(range -> "run " + run.number() + ": " + range.text() + " expected, "
                                + DurationText.text(run.writes().measured()) + " measured"
                                + beside(range, run.writes().measured())))
                .toList();
    }

    private static String beside(Estimate expected, MeasuredDuration measured) {
        if (measured.least().compareTo(expected.most()) > 0) {
            return ": longer than expected";
        }
        return measured.longest().compareTo(expected.least()) < 0 ? ": shorter than expected" : "";
    }

    /** The lines that tell where it is kept why the cluster did not recover. */
    static List<String> evidence(DrillReport report) {
        return report.runs().stream()
                .flatMap(run -> run.evidence().stream().map(place -> "run " + run.number() + ": " + place))
                .toList();
    }

    /** The lines that name the missing and the duplicate writes by number. */
    static List<String> losses(DrillReport report) {
        List<String> losses = new ArrayList<>();
        for (DrillRun run : report.runs()) {
            if (run.writes().lost() > 0) {
                losses.add("run " + run.number() + ": " + numbers(run.writes().lostNumbers()));
            }
            if (!run.writes().duplicates().isEmpty()) {
                losses.add("run " + run.number() + ": there more than once: "
                        + run.writes().duplicates().text(20));
            }
        }
        if (!report.lostLater().isEmpty()) {
            losses.add("at the end: " + numbers(report.lostLater()));
        }
        return losses;
    }

    private static String numbers(io.patop.probe.Numbers lost) {
        return ReportNumbers.count(lost.count(), "acknowledged write") + " LOST, by number: " + lost.text(20);
    }

    private static void spread(
            List<List<String>> rows, DrillReport report, String name, Function<Statistics, Duration> which) {
        rows.add(List.of(
                "",
                name,
                "",
                "",
                "",
                report.outages().map(which).map(ReportNumbers::seconds).orElse(UNKNOWN),
                "",
                "",
                report.wholes().map(which).map(ReportNumbers::seconds).orElse(UNKNOWN)));
    }

    private static String lost(DrillRun run) {
        long lost = run.writes().lost();
        return run.writes().verified() ? String.valueOf(lost) : lost == 0 ? "?" : lost + "?";
    }

    private static String timelines(DrillRun.Change change) {
        String from = change.from().map(Timeline::toString).orElse("?");
        return change.to().map(to -> from + " to " + to).orElse(from);
    }
}
