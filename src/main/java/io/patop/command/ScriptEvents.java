package io.patop.command;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the audience of a script each of its steps, and those that could not be done with the reason. */
public record ScriptEvents(Consumer<Observation> session, Clock clock) implements SimulatedCluster.Audience {

    @Override
    public void done(SimulatedFault step) {
        report(step, ActionReported.Progress.DONE, "");
    }

    @Override
    public void failed(SimulatedFault step, String why) {
        report(step, ActionReported.Progress.FAILED, why);
    }

    private void report(SimulatedFault step, ActionReported.Progress progress, String detail) {
        Action played =
                new Action.Simulate(step.kind().word(), Optional.empty(), "play \"" + step + "\" of the script", false);
        session.accept(new ActionReported(clock.instant(), played, progress, detail));
    }
}
