package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.watch.model.Action;
import java.util.List;
import java.util.Optional;

/** Faults beyond what Docker can do. Only a simulated cluster can be asked for them. */
public interface FaultInjector {

    /** A real cluster's: there are none. */
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

    /** What can be done to that member and to the whole cluster; without a member to the cluster alone. */
    List<Action.Simulate> faults(Optional<String> member);

    /** Does it; the answer is a word on what came of it, or why it could not be done. */
    Answer<String> inject(Action.Simulate fault);
}
