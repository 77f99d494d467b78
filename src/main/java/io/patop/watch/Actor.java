package io.patop.watch;

import io.patop.cluster.Answer;
import io.patop.docker.DockerClient;
import io.patop.docker.Scaled;
import io.patop.watch.Observation.ActionReported;
import io.patop.watch.Observation.ActionReported.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Does what a person has confirmed, once, and reports how it got on as observations: by Docker one thing
 * after the other, by Patroni each by itself. The only place from which patop changes anything.
 */
public final class Actor implements Consumer<Action>, AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final DockerClient docker;
    private final FaultInjector injector;
    private final Orders orders;
    private final Consumer<Observation> sink;
    private final Clock clock;
    private final ExecutorService worker;

    /**
     * An actor on that engine.
     *
     * @param docker to act by
     * @param injector for faults that are simulated
     * @param orders for what Patroni is asked to do
     * @param sink takes the reports
     * @param clock for the reports' times
     * @param worker one thread, this actor's own, which it shuts down when closed
     */
    public Actor(
            DockerClient docker,
            FaultInjector injector,
            Orders orders,
            Consumer<Observation> sink,
            Clock clock,
            ExecutorService worker) {
        this.docker = docker;
        this.injector = injector;
        this.orders = orders;
        this.sink = sink;
        this.clock = clock;
        this.worker = worker;
    }

    @Override
    public void accept(Action action) {
        if (action instanceof Action.OnPatroni onPatroni) {
            order(onPatroni);
            return;
        }
        worker.execute(() -> {
            report(action, Progress.BEGUN, "");
            end(action, perform(action));
        });
    }

    /** By itself, since it may take long and nobody need wait for it. */
    private void order(Action.OnPatroni action) {
        report(action, Progress.BEGUN, "");
        CompletableFuture<Void> unused = orders.perform(
                        action.order(), step -> report(action, Progress.STEP, step))
                .thenAccept(answer -> end(action, answer));
    }

    private void end(Action action, Answer<String> answer) {
        answer.value().ifPresent(said -> report(action, Progress.DONE, said));
        answer.failure().ifPresent(failure -> report(action, Progress.FAILED, failure.message()));
    }

    @Override
    public void close() {
        worker.shutdown();
    }

    private Answer<String> perform(Action action) {
        if (action instanceof Action.ScaleService scale) {
            return docker.scale(scale.service(), scale.replicas()).map(Actor::said);
        }
        if (action instanceof Action.Simulate fault) {
            return injector.inject(fault);
        }
        Action.OnContainer on = (Action.OnContainer) action;
        String id = on.containerId();
        return switch (on.verb()) {
            case STOP -> docker.stop(id, GRACE).map(done -> "");
            case START -> docker.start(id).map(done -> "");
            case KILL -> docker.kill(id).map(done -> "");
            case PAUSE -> docker.pause(id).map(done -> "");
            case UNPAUSE -> docker.unpause(id).map(done -> "");
        };
    }

    private static String said(Scaled scaled) {
        return String.join("; ", scaled.warnings());
    }

    private void report(Action action, Progress progress, String detail) {
        sink.accept(new ActionReported(clock.instant(), action, progress, detail));
    }
}
