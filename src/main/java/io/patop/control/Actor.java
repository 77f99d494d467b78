package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.DockerClient;
import io.patop.docker.Scaled;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import io.patop.watch.model.Observation.ActionReported.Progress;
import io.patop.watch.model.Observation.ProxyReplied;
import io.patop.watch.source.ProxyConsole;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Carries out confirmed actions, once each, and reports their progress as observations. Docker's and HAProxy's
 * actions run one after the other, Patroni's each on their own. This is the only place from which patop changes
 * anything.
 */
public final class Actor implements Consumer<Action>, AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final DockerClient docker;
    private final FaultInjector injector;
    private final PatroniCommands commands;
    private final Consumer<Observation> sink;
    private final Clock clock;
    private final ExecutorService worker;
    private final ProxyConsole proxies;

    /**
     * An actor that waits for actions.
     *
     * @param docker the engine to act on
     * @param injector carries out simulated faults
     * @param commands sends commands to Patroni
     * @param sink takes the reports
     * @param clock for the reports' times
     * @param worker one thread, this actor's own, which it shuts down when closed
     * @param proxies runs commands on the HAProxies
     */
    public Actor(
            DockerClient docker,
            FaultInjector injector,
            PatroniCommands commands,
            Consumer<Observation> sink,
            Clock clock,
            ExecutorService worker,
            ProxyConsole proxies) {
        this.docker = docker;
        this.injector = injector;
        this.commands = commands;
        this.sink = sink;
        this.clock = clock;
        this.worker = worker;
        this.proxies = proxies;
    }

    @Override
    public void accept(Action action) {
        if (action instanceof Action.OnPatroni onPatroni) {
            order(onPatroni);
            return;
        }
        worker.execute(() -> {
            if (!action.changes()) {
                Answer<String> unused = perform(action);
                return;
            }
            report(action, Progress.BEGUN, "");
            end(action, perform(action));
        });
    }

    /**
     * Sends a command to Patroni without using the worker thread, since it may take long and no other action need
     * wait for it.
     */
    private void order(Action.OnPatroni action) {
        report(action, Progress.BEGUN, "");
        CompletableFuture<Void> unused = commands.perform(action.order(), step -> report(action, Progress.STEP, step))
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
        if (action instanceof Action.OnProxy onProxy) {
            return onProxy(onProxy);
        }
        return onContainer(docker, (Action.OnContainer) action);
    }

    /** Carries out the action on the container and waits for it. The answer is an empty text on success. */
    public static Answer<String> onContainer(DockerClient docker, Action.OnContainer on) {
        String id = on.containerId();
        return switch (on.verb()) {
            case STOP -> docker.stop(id, GRACE).map(done -> "");
            case START -> docker.start(id).map(done -> "");
            case KILL -> docker.kill(id).map(done -> "");
            case PAUSE -> docker.pause(id).map(done -> "");
            case UNPAUSE -> docker.unpause(id).map(done -> "");
        };
    }

    /**
     * Runs the command. The whole answer is an observation of its own, for the proxy's console; the action gets the
     * first line only. HAProxy says nothing on success.
     */
    private Answer<String> onProxy(Action.OnProxy on) {
        Answer<String> answer = proxies.run(on.proxy(), on.command());
        boolean refused = answer.value().filter(on.command()::isRefusedBy).isPresent();
        String said = answer.value()
                .orElseGet(() -> answer.failure().map(Failure::message).orElse(""));
        boolean failed = refused || answer.failure().isPresent();
        sink.accept(new ProxyReplied(clock.instant(), on.proxy(), on.command().text(), said, failed));
        return refused
                ? new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, firstLine(said)), answer.took())
                : answer.map(Actor::firstLine);
    }

    private static String firstLine(String answer) {
        return answer.strip()
                .lines()
                .findFirst()
                .map(line -> "HAProxy says: " + Printable.line(line))
                .orElse("");
    }

    private static String said(Scaled scaled) {
        return String.join("; ", scaled.warnings());
    }

    private void report(Action action, Progress progress, String detail) {
        sink.accept(new ActionReported(clock.instant(), action, progress, detail));
    }
}
