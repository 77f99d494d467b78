package io.patop.drill;

import io.patop.probe.Numbers;
import io.patop.probe.ProbeTarget;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.ProbeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a whole drill. Every format is a function of this.
 *
 * @param plan what was to be done
 * @param cluster its scope
 * @param began when the drill was started
 * @param ended when it was over
 * @param settings of the cluster
 * @param probe where it wrote, in words
 * @param runs that have ended, in order
 * @param lostLater acknowledged writes found gone after the runs, at the last reading back
 * @param abandoned why the drill did not go to its end; empty if it did
 * @param broken the shell commands that put right what the drill had to leave broken
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
        List<String> broken) {

    /** Copies the lists. */
    public DrillReport {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(probe, "probe");
        runs = List.copyOf(runs);
        Objects.requireNonNull(lostLater, "lostLater");
        Objects.requireNonNull(abandoned, "abandoned");
        broken = List.copyOf(broken);
    }

    /** The report of a drill, by the first dashboard and the last. */
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
                drill.owed().stream().map(Action::shellCommand).toList());
    }

    private static String text(ProbeTarget target) {
        return target.database() + ", " + ReportNumbers.count(target.rate(), "write") + " a second";
    }

    /** Why the goals were missed, a line each; empty if they were met. */
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

    /** Whether every run was made and met the goals. */
    public boolean isMet() {
        return missed().isEmpty();
    }

    /** In one line. */
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

    /** All acknowledged writes that are gone. */
    public Numbers lost() {
        Numbers all = lostLater;
        for (DrillRun run : runs) {
            all = all.and(run.writes().lostNumbers());
        }
        return all;
    }

    /** The spread of the outages. */
    public Optional<Statistics> outages() {
        return Statistics.of(runs.stream().map(run -> run.writes().outage()).toList());
    }

    /** The spread of the times until the cluster was whole again. */
    public Optional<Statistics> wholes() {
        return Statistics.of(runs.stream().flatMap(run -> run.whole().stream()).toList());
    }

    /** From its beginning to its end. */
    public Duration took() {
        return Duration.between(began, ended);
    }
}
