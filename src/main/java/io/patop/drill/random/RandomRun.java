package io.patop.drill.random;

import io.patop.history.CheckResult;
import io.patop.history.OperationHistory;
import java.util.List;

/**
 * One run of a schedule.
 *
 * @param schedule the faults, as far as the run came
 * @param ending how it ended
 * @param history what the clients did
 * @param check what the checker found in it
 * @param leftOut steps that were not possible when their time came, with the reason
 */
public record RandomRun(
        FaultSchedule schedule, Ending ending, OperationHistory history, CheckResult check, List<String> leftOut) {

    /** How a run ended. */
    public enum Ending {
        /** All was played, and the cluster was well again. */
        COMPLETE("complete"),
        /** A violation was found before its end. */
        VIOLATION("ended at the first violation"),
        /** A signal or a lost terminal ended it early. */
        CUT_SHORT("cut short"),
        /** The cluster was not well again in time. */
        NOT_RECOVERED("the cluster did not recover");

        private final String text;

        Ending(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public RandomRun {
        leftOut = List.copyOf(leftOut);
    }

    /** Returns whether the cluster kept what its settings promise, and recovered. */
    public boolean isGood() {
        return check.violations().isEmpty() && ending != Ending.NOT_RECOVERED;
    }
}
