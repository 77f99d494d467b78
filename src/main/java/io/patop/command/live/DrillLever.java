package io.patop.command.live;

import io.patop.cluster.Answer;
import io.patop.control.Lever;
import io.patop.drill.DrillPlan;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Begins and ends drills. How they get on they tell by themselves. */
final class DrillLever {

    private DrillLever() {}

    /**
     * Begins one.
     *
     * @param drilling on the cluster
     */
    record Start(DrillController drilling) implements Lever<Action.StartDrill> {
        @Override
        public Class<Action.StartDrill> takes() {
            return Action.StartDrill.class;
        }

        @Override
        public boolean worksByItself() {
            return true;
        }

        @Override
        public CompletableFuture<Answer<String>> carryOut(Action.StartDrill action, Consumer<String> steps) {
            drilling.order(DrillPlan.of(action), action.clients());
            return done();
        }
    }

    /**
     * Ends the one that runs.
     *
     * @param drilling on the cluster
     */
    record Stop(DrillController drilling) implements Lever<Action.StopDrill> {
        @Override
        public Class<Action.StopDrill> takes() {
            return Action.StopDrill.class;
        }

        @Override
        public boolean worksByItself() {
            return true;
        }

        @Override
        public CompletableFuture<Answer<String>> carryOut(Action.StopDrill action, Consumer<String> steps) {
            drilling.cancel();
            return done();
        }
    }

    private static CompletableFuture<Answer<String>> done() {
        return CompletableFuture.completedFuture(new Answer.Given<>("", Duration.ZERO));
    }
}
