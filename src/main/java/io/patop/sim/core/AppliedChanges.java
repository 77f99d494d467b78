package io.patop.sim.core;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What results from a node's changes up to a position. It is kept, so that each change is applied once however often
 * somebody reads.
 */
public final class AppliedChanges {
    private Optional<TableChange.Visitor> result = Optional.empty();
    private long reached;

    /** Forgets the result, since the node's changes became others. */
    void forget() {
        result = Optional.empty();
    }

    /** Returns the visitor that all changes up to {@code position} were applied to; {@code empty} makes the first. */
    public TableChange.Visitor upTo(
            long position, NavigableMap<Long, List<TableChange>> changes, Supplier<TableChange.Visitor> empty) {
        if (result.isEmpty() || reached > position) {
            result = Optional.of(empty.get());
            reached = 0;
        }
        TableChange.Visitor visitor = result.orElseThrow();
        NavigableMap<Long, List<TableChange>> due = changes.subMap(reached, false, position, true);
        if (!due.isEmpty()) {
            due.values().forEach(commit -> commit.forEach(change -> change.accept(visitor)));
            reached = due.lastKey();
        }
        return visitor;
    }
}
