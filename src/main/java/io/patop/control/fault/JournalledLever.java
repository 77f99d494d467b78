package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.Lever;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.Repair;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.watch.model.Action;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A lever of Docker's own verbs that writes to the journal what it will break, and strikes out what it has mended.
 * Docker's verbs are mended without patop too, so that a journal that cannot be written does not forbid them: it is
 * said.
 *
 * @param lever that does it
 * @param journal what is broken
 * @param view what Docker showed last
 * @param engine how Docker is reached
 * @param clock for the journal
 * @param <A> the actions that it does
 */
public record JournalledLever<A extends Action>(
        Lever<A> lever, Journal journal, Supplier<Optional<EngineView>> view, String engine, Clock clock)
        implements Lever<A> {

    @Override
    public Class<A> takes() {
        return lever.takes();
    }

    @Override
    public boolean worksByItself() {
        return lever.worksByItself();
    }

    @Override
    public CompletableFuture<Answer<String>> pull(A action, Consumer<String> steps) {
        Optional<JournalEntry> entry = entry(action);
        entry.ifPresent(broken -> {
            try {
                journal.write(broken);
            } catch (IOException unwritable) {
                steps.accept("not in the journal, which cannot be written: " + unwritable.getMessage());
            }
        });
        return lever.pull(action, steps).whenComplete((answer, failed) -> {
            if (answer != null && answer.failure().isEmpty()) {
                mended(action);
            } else if (answer != null
                    && answer.failure().filter(JournalledLever::isRefusal).isPresent()) {
                entry.ifPresent(untouched -> journal.remove(untouched.id()));
            }
        });
    }

    /**
     * Returns whether what that repair mends is not broken, as Docker shows it: a container that is gone is neither
     * frozen nor to be started.
     */
    public static boolean isWell(Repair repair, EngineView view) {
        if (repair instanceof Repair.Scale scale) {
            return view.service(scale.service())
                    .flatMap(Service::desired)
                    .filter(count -> count > 0)
                    .isPresent();
        }
        if (repair instanceof Repair.Start start) {
            return found(start.containerId(), view).allMatch(Container::isRunning);
        }
        return repair instanceof Repair.Thaw thaw
                && found(thaw.containerId(), view).noneMatch(Container::isPaused);
    }

    private static Stream<Container> found(String id, EngineView view) {
        return view.containers().stream().filter(container -> container.id().equals(id));
    }

    private static boolean isRefusal(Failure failure) {
        return failure.kind() == Failure.Kind.ABSENT
                || failure.kind() == Failure.Kind.DENIED
                || failure.kind() == Failure.Kind.REFUSED
                || (failure.kind() == Failure.Kind.REJECTED
                        && !failure.message().contains("is not known"));
    }

    private Optional<JournalEntry> entry(Action action) {
        if (action instanceof Action.ScaleService scale && scale.replicas() == 0) {
            int replicas = view.get()
                    .flatMap(seen -> seen.service(scale.service()))
                    .flatMap(Service::desired)
                    .filter(count -> count > 0)
                    .orElse(1);
            return Optional.of(entry(
                    JournalEntry.id("scaled", scale.service()), action, new Repair.Scale(scale.service(), replicas)));
        }
        if (action instanceof Action.OnContainer on && action.breaks()) {
            return repair(on).map(repair -> entry(id(on), action, repair));
        }
        return Optional.empty();
    }

    /** A task's container that ends is replaced by the swarm, so that nothing is left to be started. */
    private Optional<Repair> repair(Action.OnContainer on) {
        if (on.verb() == Action.Verb.PAUSE) {
            return Optional.of(new Repair.Thaw(on.containerId(), on.containerName()));
        }
        boolean ofTask = view.get().stream()
                .flatMap(seen -> seen.containers().stream())
                .filter(container -> container.id().equals(on.containerId()))
                .map(Container::taskId)
                .anyMatch(Optional::isPresent);
        return ofTask ? Optional.empty() : Optional.of(new Repair.Start(on.containerId(), on.containerName()));
    }

    private void mended(Action action) {
        if (action instanceof Action.ScaleService scale && scale.replicas() > 0) {
            journal.remove(JournalEntry.id("scaled", scale.service()));
        } else if (action instanceof Action.OnContainer on && on.mends()) {
            journal.remove(id(on));
        }
    }

    private static String id(Action.OnContainer on) {
        boolean freezes = on.verb() == Action.Verb.PAUSE || on.verb() == Action.Verb.UNPAUSE;
        return JournalEntry.id(freezes ? "frozen" : "stopped", on.containerId());
    }

    private JournalEntry entry(String id, Action action, Repair repair) {
        return new JournalEntry(id, clock.instant(), journal.owner(), engine, action.member(), action.words(), repair);
    }
}
