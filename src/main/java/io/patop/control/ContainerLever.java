package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.docker.DockerClient;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Stops, starts, kills, freezes and thaws containers.
 *
 * @param docker to do it by
 */
public record ContainerLever(DockerClient docker) implements Lever<Action.OnContainer> {

    private static final Duration GRACE = Duration.ofSeconds(30);

    @Override
    public Class<Action.OnContainer> takes() {
        return Action.OnContainer.class;
    }

    @Override
    public CompletableFuture<Answer<String>> carryOut(Action.OnContainer action, Consumer<String> steps) {
        return CompletableFuture.completedFuture(answer(action));
    }

    private Answer<String> answer(Action.OnContainer action) {
        String id = action.containerId();
        return switch (action.verb()) {
            case STOP -> docker.stop(id, GRACE).map(done -> "");
            case START -> docker.start(id).map(done -> "");
            case KILL -> docker.kill(id).map(done -> "");
            case PAUSE -> docker.pause(id).map(done -> "");
            case UNPAUSE -> docker.unpause(id).map(done -> "");
        };
    }
}
