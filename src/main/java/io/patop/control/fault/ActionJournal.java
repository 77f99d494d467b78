package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.Repair;
import io.patop.docker.Container;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.watch.model.Action;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the journal holds of Docker's own verbs: what one breaks is written before, and struck out when another has
 * mended it, or when nothing was done after all. They are mended without patop too, so that a journal that cannot be
 * written does not forbid them: it is said.
 *
 * @param journal what is broken
 * @param view what Docker showed last
 * @param engine how Docker is reached
 * @param clock for the journal
 */
public record ActionJournal(Journal journal, Supplier<Optional<EngineView>> view, String engine, Clock clock) {

    /**
     * Writes what the action will break.
     *
     * @param complain takes the reason if the journal cannot be written
     * @return the entry; empty if the action breaks nothing that must be mended
     */
    public Optional<JournalEntry> begin(Action action, Consumer<String> complain) {
        Optional<JournalEntry> entry = entry(action);
        entry.ifPresent(broken -> {
            try {
                journal.write(broken);
            } catch (IOException unwritable) {
                complain.accept("not in the journal, which cannot be written: " + unwritable.getMessage());
            }
        });
        return entry;
    }

    /** Strikes out what the action has mended, or what it has not broken. */
    public void end(Action action, Optional<JournalEntry> entry, Answer<?> answer) {
        if (answer.failure().isEmpty()) {
            mended(action);
        } else if (answer.failure().filter(DockerClient::mayBeDone).isEmpty()) {
            entry.ifPresent(untouched -> journal.remove(untouched.id()));
        }
    }

    /**
     * Returns whether what that repair mends is not broken, as Docker shows it: a container that is gone is neither
     * frozen nor to be started.
     */
    public static boolean isMended(Repair repair, EngineView view) {
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

    private Optional<JournalEntry> entry(Action action) {
        if (action instanceof Action.ScaleService scale && scale.replicas() == 0) {
            Optional<Integer> before = service(scale).flatMap(Service::desired);
            // What is at 0 already has its entry, with what it was before, or was not broken by patop.
            return before.filter(count -> count == 0).isPresent()
                    ? Optional.empty()
                    : Optional.of(entry(id(scale), action, new Repair.Scale(name(scale), before.orElse(1))));
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
            journal.remove(id(scale));
        } else if (action instanceof Action.OnContainer on && on.mends()) {
            journal.remove(id(on));
        }
    }

    private Optional<Service> service(Action.ScaleService scale) {
        return view.get().flatMap(seen -> seen.service(scale.service()));
    }

    /** A person may have named the service by its id. */
    private String name(Action.ScaleService scale) {
        return service(scale).map(Service::name).orElse(scale.service());
    }

    private String id(Action.ScaleService scale) {
        return JournalEntry.id("scaled", name(scale));
    }

    private static String id(Action.OnContainer on) {
        boolean freezes = on.verb() == Action.Verb.PAUSE || on.verb() == Action.Verb.UNPAUSE;
        return JournalEntry.id(freezes ? "frozen" : "stopped", on.containerId());
    }

    private JournalEntry entry(String id, Action action, Repair repair) {
        return new JournalEntry(id, clock.instant(), journal.owner(), engine, action.member(), action.text(), repair);
    }

    private static Stream<Container> found(String id, EngineView view) {
        return view.containers().stream().filter(container -> container.id().equals(id));
    }
}
