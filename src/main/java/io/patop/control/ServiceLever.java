package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.docker.DockerClient;
import io.patop.watch.model.Action;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Scales Swarm services.
 *
 * @param docker to do it by
 */
public record ServiceLever(DockerClient docker) implements Lever<Action.ScaleService> {

    @Override
    public Class<Action.ScaleService> takes() {
        return Action.ScaleService.class;
    }

    /** What Docker warns of is said. */
    @Override
    public CompletableFuture<Answer<String>> carryOut(Action.ScaleService action, Consumer<String> steps) {
        return CompletableFuture.completedFuture(
                docker.scale(action.service(), action.replicas()).map(scaled -> String.join("; ", scaled.warnings())));
    }
}
