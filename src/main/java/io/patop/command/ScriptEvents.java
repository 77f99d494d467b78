package io.patop.command;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Reports each step of a script to the session, and the reason if a step could not be done. */
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
