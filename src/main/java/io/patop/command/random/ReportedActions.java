package io.patop.command.random;

import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation.ActionReported;
import io.patop.watch.model.Observation.ActionReported.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Has actions carried out, and passes on what came of each. For any thread. */
final class ReportedActions {

    private final Consumer<Action> actor;
    private final List<Ordered> ordered = new ArrayList<>();

    /** An action that was ordered; its result is the reason why it failed, empty if it was done. */
    private record Ordered(Action action, CompletableFuture<Optional<String>> result) {}

    /**
     * Makes it.
     *
     * @param session in which the actor's reports arrive
     * @param actor carries actions out, without waiting for their ends
     */
    ReportedActions(Session session, Consumer<Action> actor) {
        this.actor = actor;
        session.tap((before, observation) -> {
            if (observation instanceof ActionReported reported) {
                hear(reported);
            }
        });
    }

    /** Has it carried out; returns at once. The result is why it failed, empty if it was done. */
    CompletableFuture<Optional<String>> order(Action action) {
        CompletableFuture<Optional<String>> result = new CompletableFuture<>();
        synchronized (ordered) {
            ordered.add(new Ordered(action, result));
        }
        actor.accept(action);
        return result;
    }

    /** Has it carried out, and waits for that; returns why it failed or was not done in time, empty if it was done. */
    Optional<String> perform(Action action, Duration most) {
        try {
            return order(action).get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (TimeoutException late) {
            return Optional.of("not done within " + most.toSeconds() + " s");
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a result that is an error", bug);
        }
    }

    private void hear(ActionReported reported) {
        if (reported.progress() != Progress.DONE && reported.progress() != Progress.FAILED) {
            return;
        }
        Optional<Ordered> first = Optional.empty();
        synchronized (ordered) {
            for (Iterator<Ordered> each = ordered.iterator(); each.hasNext() && first.isEmpty(); ) {
                Ordered one = each.next();
                if (one.action().equals(reported.action())) {
                    each.remove();
                    first = Optional.of(one);
                }
            }
        }
        first.ifPresent(one -> one.result()
                .complete(reported.progress() == Progress.FAILED ? Optional.of(reported.detail()) : Optional.empty()));
    }
}
