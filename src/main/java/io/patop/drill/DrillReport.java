package io.patop.drill;

import io.patop.probe.Numbers;
import io.patop.probe.ProbeTarget;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.ProbeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of a whole drill. Each output format is made from this alone.
 *
 * @param plan of the drill
 * @param cluster the cluster's scope
 * @param began when the drill was started
 * @param ended when it was over
 * @param settings of the cluster
 * @param probe the probe's target, in words
 * @param runs the ended ones, in order
 * @param lostLater acknowledged writes that the last reading back, after the runs, found missing
 * @param abandoned why the drill ended early; empty if it did not
 * @param broken the shell commands that put right what the drill had to leave broken
 * @param lanes what each part of the cluster did meanwhile
 */
public record DrillReport(
        DrillPlan plan,
        String cluster,
        Instant began,
        Instant ended,
        Settings settings,
        String probe,
        List<DrillRun> runs,
        Numbers lostLater,
        Optional<String> abandoned,
        List<String> broken,
        Lanes lanes) {

    public DrillReport {
        runs = List.copyOf(runs);
        broken = List.copyOf(broken);
    }

    /** The report of a drill, made from its first and last dashboards. */
    static DrillReport of(Drill drill, Dashboard first, Instant began, Dashboard last, Instant ended) {
        Numbers known = ProbeCounts.by(first).lost();
        for (DrillRun run : drill.runs()) {
            known = known.and(run.writes().lostNumbers());
        }
        return new DrillReport(
                drill.plan(),
                last.identity().scope().orElse("unknown"),
                began,
                ended,
                Settings.of(last),
                last.probe().map(ProbeStatus::target).map(DrillReport::text).orElse("none"),
                drill.runs(),
                ProbeCounts.by(last).lost().without(known),
                drill.abandoned(),
                drill.owed().stream().map(Action::shellCommand).toList(),
                last.lanes());
    }

    private static String text(ProbeTarget target) {
        return target.text() + ", " + ReportNumbers.count(target.rate(), "write") + " a second";
    }

    /** The reasons why the objectives were missed, one line each; empty if they were met. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        for (DrillRun run : runs) {
            plan.goals().missedBy(run).forEach(why -> missed.add("run " + run.number() + ": " + why));
        }
        if (lostLater.count() > plan.goals().maxLost()) {
            missed.add(ReportNumbers.count(lostLater.count(), "acknowledged write") + " found lost at the end");
        }
        abandoned.ifPresent(why -> missed.add("ended early: " + why));
        return missed;
    }

    /** Whether every planned run was made and met the objectives. */
    public boolean isMet() {
        return missed().isEmpty();
    }

    /** The verdict in one line. */
    public String verdict() {
        List<String> missed = missed();
        if (!missed.isEmpty()) {
            return "FAILED: " + missed.get(0) + (missed.size() == 1 ? "" : " (and " + (missed.size() - 1) + " more)");
        }
        return "PASSED: " + ReportNumbers.count(runs.size(), "run") + ", "
                + outages()
                        .map(spread -> "outage at most " + ReportNumbers.seconds(spread.most()))
                        .orElse("no outage")
                + ", " + ReportNumbers.count(lost().count(), "write") + " lost";
    }

    /** All acknowledged writes that are missing. */
    public Numbers lost() {
        Numbers all = lostLater;
        for (DrillRun run : runs) {
            all = all.and(run.writes().lostNumbers());
        }
        return all;
    }

    /** The spread of the runs' outages. */
    public Optional<Statistics> outages() {
        return Statistics.of(runs.stream().map(run -> run.writes().outage()).toList());
    }

    /** The spread of the runs' times until the cluster was whole again. */
    public Optional<Statistics> wholes() {
        return Statistics.of(runs.stream().flatMap(run -> run.whole().stream()).toList());
    }

    /** The duration of the drill. */
    public Duration took() {
        return Duration.between(began, ended);
    }
}
