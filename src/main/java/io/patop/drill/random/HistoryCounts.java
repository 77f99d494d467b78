package io.patop.drill.random;

import io.patop.history.Operation;
import io.patop.history.OperationHistory;
import io.patop.probe.Outcome;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many operations a history has, by their outcome.
 *
 * @param acknowledged writes that are done
 * @param refused writes that are certainly not done
 * @param unknown writes of which the client cannot know
 * @param answered reads that were answered
 * @param unanswered reads that were not
 */
public record HistoryCounts(long acknowledged, long refused, long unknown, long answered, long unanswered) {

    public static HistoryCounts of(OperationHistory history) {
        Map<Outcome, Long> writes = new EnumMap<>(Outcome.class);
        long answered = 0;
        long unanswered = 0;
        for (int at = 0; at < history.size(); at++) {
            Operation operation = history.get(at);
            if (operation.isWrite()) {
                writes.merge(operation.outcome(), 1L, Long::sum);
            } else if (operation.isAcknowledged()) {
                answered += 1;
            } else {
                unanswered += 1;
            }
        }
        return new HistoryCounts(
                writes.getOrDefault(Outcome.ACKNOWLEDGED, 0L),
                writes.getOrDefault(Outcome.REFUSED, 0L),
                writes.getOrDefault(Outcome.UNKNOWN, 0L),
                answered,
                unanswered);
    }

    /** Returns the counts in one line. */
    public String text() {
        return "writes: " + acknowledged + " acknowledged, " + refused + " refused, " + unknown + " unknown; reads: "
                + answered + " answered, " + unanswered + " not";
    }
}
