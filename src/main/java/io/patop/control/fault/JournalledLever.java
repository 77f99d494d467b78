package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.control.Lever;
import io.patop.control.journal.JournalEntry;
import io.patop.watch.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
}
