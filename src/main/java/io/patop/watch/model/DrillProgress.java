package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a failover drill is.
 *
 * @param plan what it is to do, in words
 * @param run the present one, from 1; 0 before the first
 * @param runs how many there will be; 0 until that is known
 * @param stage of the present run
 * @param detail what the stage is about, in words: what was done to whom, or what is waited for
 * @param since when the stage began
 * @param struck the present run's fault, once it was ordered
 * @param left an estimate of what remains from {@code since} on, from the runs before
 * @param undo the shell commands that would put right what is broken now
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
        /** All must have been well for a while. */
        CHECK("check"),
        /** The fault is being done. */
        FAULT("fault"),
        /** The fault has struck, and the cluster does not serve yet. */
        OUTAGE("outage"),
        /** It serves; what was broken is put right. */
        RESTORE("restore"),
        /** All members have to be well again, and all writes verified. */
        RECOVERY("recovery"),
        /** There is no further run. */
        ENDED("ended");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** The stage in a word. */
        public String word() {
            return word;
        }
    }

    /**
     * A fault.
     *
     * @param at when it was ordered
     * @param words what was done to whom
     */
    public record Struck(Instant at, String words) {}

    /**
     * A line for people.
     *
     * @param text of it
     * @param good whether it is good news
     */
    public record Line(String text, boolean good) {}

    /**
     * What came of the whole drill.
     *
     * @param verdict in one line
     * @param met whether every run met the goals
     * @param report in lines of plain text
     */
    public record Result(Line verdict, boolean met, List<String> report) {
        /** Copies the lines. */
        public Result {
            Objects.requireNonNull(verdict, "verdict");
            report = List.copyOf(report);
        }
    }

    /** Copies the lists. */
    public DrillProgress {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(struck, "struck");
        Objects.requireNonNull(left, "left");
        undo = List.copyOf(undo);
        done = List.copyOf(done);
        Objects.requireNonNull(result, "result");
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return result.isEmpty();
    }

    /** What remains now, if that can be told. */
    public Optional<Duration> leftAt(Instant now) {
        return left.map(whole -> whole.minus(Duration.between(since, now)))
                .map(rest -> rest.isNegative() ? Duration.ZERO : rest);
    }
}
