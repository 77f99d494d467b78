package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The progress of a failover drill.
 *
 * @param plan what the drill will do, in words
 * @param run the present one, from 1; 0 before the first
 * @param runs how many there will be; 0 until that is known
 * @param stage the stage of the present run
 * @param detail what the stage does, in words: the fault and its target, or what is waited for
 * @param since when the stage began
 * @param struck the present run's fault, once it was ordered
 * @param left an estimate of the time that remains from {@code since} on, by the runs before
 * @param undo the shell commands that would mend what is broken now
 * @param done the runs that have ended, one line each
 * @param result once the drill is over
 */
public record DrillProgress(
        String plan,
        int run,
        int runs,
        Stage stage,
        String detail,
        Instant since,
        Optional<Struck> struck,
        Optional<Duration> left,
        List<String> undo,
        List<Line> done,
        Optional<Result> result) {

    /** The stages of a run, in their order. */
    public enum Stage {
        /** The cluster must have been well for a while. */
        CHECK("check"),
        /** The fault is being carried out. */
        FAULT("fault"),
        /** The fault has taken effect, and the cluster does not serve yet. */
        OUTAGE("outage"),
        /** The cluster serves again, and what was broken is put right. */
        RESTORE("restore"),
        /** All members have to be well again, and all writes verified. */
        RECOVERY("recovery"),
        /** There is no further run. */
        ENDED("ended");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** The name of the stage. */
        public String word() {
            return word;
        }
    }

    /**
     * A fault that was ordered.
     *
     * @param at when it was ordered
     * @param words what was done, and to which member
     */
    public record Struck(Instant at, String words) {}

    /**
     * A line for people.
     *
     * @param text the line itself
     * @param good whether it is good news
     */
    public record Line(String text, boolean good) {}

    /**
     * The result of the whole drill.
     *
     * @param verdict in one line
     * @param met whether every run met the goals
     * @param report the report as lines of plain text
     */
    public record Result(Line verdict, boolean met, List<String> report) {
        public Result {
            report = List.copyOf(report);
        }
    }

    public DrillProgress {
        undo = List.copyOf(undo);
        done = List.copyOf(done);
    }

    /** Whether the drill is still running. */
    public boolean isRunning() {
        return result.isEmpty();
    }

    /** The time that remains, if it can be estimated. */
    public Optional<Duration> leftAt(Instant now) {
        return left.map(whole -> whole.minus(Duration.between(since, now)))
                .map(rest -> rest.isNegative() ? Duration.ZERO : rest);
    }
}
