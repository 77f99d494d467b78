package io.patop.drill;

import io.patop.text.DurationText;
import java.util.Optional;

/** Formats a run as one line for people who watch. */
final class RunLine {

    private RunLine() {}

    /** The line: {@code run 1: leader a stopped: outage 3.07 s (1 to 10 s expected), 0 writes lost, b leads}. */
    static String of(DrillRun run) {
        Optional<String> leads = run.change().flatMap(DrillRun.Change::newLeader);
        String troubles = run.troubles().isEmpty() ? "" : "; " + String.join("; ", run.troubles());
        return "run " + run.number() + ": " + run.role() + " " + run.member() + " "
                + run.fault().done() + ": outage "
                + DurationText.text(run.writes().measured())
                + run.expected()
                        .map(range -> " (" + range.text() + " expected), ")
                        .orElse(", ")
                + ReportNumbers.count(run.writes().lost(), "write") + " lost"
                + leads.map(leader -> ", " + leader + " leads").orElse("") + troubles;
    }
}
