package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Faults beyond what Docker can do. Only a simulated cluster can be asked for them. */
public interface FaultInjector extends Lever<Action.Simulate> {

    /** The injector of a real cluster, which has no such faults. */
    FaultInjector NONE = new FaultInjector() {
        @Override
        public List<Action.Simulate> faults(Optional<String> member) {
            return List.of();
        }

        @Override
        public CompletableFuture<Answer<String>> pull(Action.Simulate fault, Consumer<String> steps) {
            return CompletableFuture.completedFuture(new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, "only a simulated cluster can be asked for it"), Duration.ZERO));
        }
    };

    /** The available faults of that member and of the whole cluster; without a member, of the cluster only. */
    List<Action.Simulate> faults(Optional<String> member);

    @Override
    default Class<Action.Simulate> takes() {
        return Action.Simulate.class;
    }
}
