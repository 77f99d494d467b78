package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported;
import io.patop.watch.model.Observation.ActionReported.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Does what a person has confirmed, once, by the lever for it, and reports how it got on as observations: one thing
 * after the other, except by levers that work by themselves. The only place from which patop changes anything.
 */
public final class Actor implements Consumer<Action>, AutoCloseable {

    private final List<Lever<?>> levers;
    private final Consumer<Observation> sink;
    private final Clock clock;
    private final ExecutorService worker;

    /**
     * An actor with those levers.
     *
     * @param levers to act by; of two for the same actions the first counts
     * @param sink takes the reports
     * @param clock for the reports' times
     * @param worker one thread, this actor's own, which it shuts down when closed
     */
    public Actor(List<Lever<?>> levers, Consumer<Observation> sink, Clock clock, ExecutorService worker) {
        this.levers = List.copyOf(levers);
        this.sink = sink;
        this.clock = clock;
        this.worker = worker;
    }

    @Override
    public void accept(Action action) {
        Optional<Lever<?>> lever =
                levers.stream().filter(one -> one.takes().isInstance(action)).findFirst();
        if (lever.isEmpty()) {
            report(action, Progress.FAILED, "nothing here can do it");
        } else if (lever.get().worksByItself()) {
            perform(lever.get(), action);
        } else {
            worker.execute(() -> perform(lever.get(), action));
        }
    }

    private void perform(Lever<?> lever, Action action) {
        if (action.isReported()) {
            report(action, Progress.BEGUN, "");
        }
        CompletableFuture<Answer<String>> answer;
        try {
            answer = lever.perform(action, step -> report(action, Progress.STEP, step));
        } catch (RuntimeException bug) {
            answer = CompletableFuture.failedFuture(bug);
        }
        CompletableFuture<Void> unused = answer.exceptionally(Actor::bug).thenAccept(said -> end(action, said));
    }

    /** A bug is told too, or the action would be under way for ever. */
    private static Answer<String> bug(Throwable thrown) {
        return new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, "a bug: " + thrown), Duration.ZERO);
    }

    private void end(Action action, Answer<String> answer) {
        if (action.isReported()) {
            answer.value().ifPresent(said -> report(action, Progress.DONE, said));
            answer.failure().ifPresent(failure -> report(action, Progress.FAILED, failure.message()));
        }
    }

    @Override
    public void close() {
        worker.shutdown();
    }

    private void report(Action action, Progress progress, String detail) {
        sink.accept(new ActionReported(clock.instant(), action, progress, detail));
    }
}
