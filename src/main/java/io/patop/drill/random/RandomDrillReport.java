package io.patop.drill.random;

import io.patop.drill.random.RandomRun.Ending;
import io.patop.history.Anomaly;
import io.patop.history.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The report of a random drill.
 *
 * @param cluster the cluster's name
 * @param settings what it is and how it is set, a line each
 * @param plan seed, clients and so on, in one line
 * @param claims what its settings promise
 * @param began when it began
 * @param length how long the clients worked
 * @param run what happened
 * @param shrunk the shortest schedule that still fails; empty if nothing failed, or it was not tried
 * @param again the command that plays a script as this drill did
 */
public record RandomDrillReport(
        String cluster,
        List<String> settings,
        String plan,
        Claims claims,
        Instant began,
        Duration length,
        RandomRun run,
        Optional<Shrunk> shrunk,
        String again) {

    /**
     * A shrunk schedule.
     *
     * @param tries how many schedules were run for it
     * @param run what happened when it was run
     */
    public record Shrunk(int tries, RandomRun run) {}

    public RandomDrillReport {
        settings = List.copyOf(settings);
    }

    /** Returns whether all went well. */
    public boolean isGood() {
        return run.isGood();
    }

    /** Returns the result in one line. */
    public String verdict() {
        List<Anomaly> violations = run.check().violations();
        if (!violations.isEmpty()) {
            return "VIOLATION: " + violations.get(0).kind().text();
        }
        String cut = run.ending() == Ending.CUT_SHORT ? " (cut short)" : "";
        if (run.ending() == Ending.NOT_RECOVERED) {
            return "NOT RECOVERED: the cluster was not well again in time; nothing else was found";
        }
        return run.check().findings().isEmpty()
                ? "PASSED: nothing was found" + cut
                : "PASSED: only what the cluster's settings allow was found" + cut;
    }

    /** Returns the violations to show: those of the shrunk schedule if there is one, since it has less around them. */
    public List<Anomaly> shown() {
        List<Anomaly> shorter =
                shrunk.map(found -> found.run().check().violations()).orElse(List.of());
        return shorter.isEmpty() ? run.check().violations() : shorter;
    }
}
