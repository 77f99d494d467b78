package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.control.Lever;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.Repair;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.watch.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A lever of Docker's own verbs that keeps a journal of them.
 *
 * @param lever that does it
 * @param kept what the journal holds of it
 * @param <A> the actions that it does
 */
public record JournalledLever<A extends Action>(Lever<A> lever, ActionJournal kept) implements Lever<A> {

    @Override
    public Class<A> takes() {
        return lever.takes();
    }

    @Override
    public boolean worksByItself() {
        return lever.worksByItself();
    }

    @Override
    public CompletableFuture<Answer<String>> carryOut(A action, Consumer<String> steps) {
        Optional<JournalEntry> entry = kept.begin(action, steps);
        return lever.carryOut(action, steps).whenComplete((answer, failed) -> {
            if (answer != null) {
                kept.end(action, entry, answer);
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
}
