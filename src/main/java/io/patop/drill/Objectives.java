package io.patop.drill;

import io.patop.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objectives that every run has to meet.
 *
 * @param maxOutage the longest allowed time without an acknowledged write; empty for any
 * @param maxLost how many acknowledged writes may be missing
 */
public record Objectives(Optional<Duration> maxOutage, long maxLost) {

    /** The defaults: an outage of any length, no lost write. */
    public static final Objectives DEFAULT = new Objectives(Optional.empty(), 0);

    public Objectives {
        if (maxOutage.filter(Duration::isNegative).isPresent() || maxLost < 0) {
            throw new IllegalArgumentException("goals are 0 or more");
        }
    }

    /** Why the run missed the objectives, its own troubles included; empty if it met them. */
    public List<String> missedBy(DrillRun run) {
        List<String> missed = new ArrayList<>();
        Duration outage = run.writes().outage();
        maxOutage
                .filter(most -> outage.compareTo(most) > 0)
                .ifPresent(most -> missed.add(
                        "outage of " + ReportNumbers.seconds(outage) + ", more than " + ReportNumbers.seconds(most)));
        long lost = run.writes().lost();
        if (lost > maxLost) {
            missed.add(ReportNumbers.count(lost, "acknowledged write") + " lost, more than " + maxLost);
        }
        missed.addAll(run.troubles());
        return missed;
    }

    /** The objectives as text: {@code outage at most 30.0 s, no write lost}. */
    public String text() {
        return maxOutage
                        .map(most -> "outage at most " + DurationText.text(most))
                        .orElse("any outage") + ", "
                + (maxLost == 0 ? "no write lost" : "at most " + ReportNumbers.count(maxLost, "write") + " lost");
    }
}
