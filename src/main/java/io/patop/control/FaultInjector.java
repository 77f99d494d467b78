package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.watch.model.Action;
import java.util.List;
import java.util.Optional;

/** Carries out faults that Docker cannot. Only a simulated cluster has them. */
public interface FaultInjector {

    /** The injector of a real cluster, which has no such faults. */
    FaultInjector NONE = new FaultInjector() {
        @Override
        public List<Action.Simulate> faults(Optional<String> member) {
            return List.of();
        }

        @Override
        public Answer<String> inject(Action.Simulate fault) {
            throw new IllegalArgumentException("nobody offers " + fault.words() + " on a real cluster");
        }
    };

    /** The available faults of that member and of the whole cluster; without a member, of the cluster only. */
    List<Action.Simulate> faults(Optional<String> member);

    /** Carries out the fault. The answer is a short text on the result, or why it could not be done. */
    Answer<String> inject(Action.Simulate fault);
}
