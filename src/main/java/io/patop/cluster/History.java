package io.patop.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The cluster's past ({@code GET /history}): where each timeline ended.
 *
 * @param entries oldest first
 */
public record History(List<Entry> entries) {

    /**
     * The end of one timeline.
     *
     * @param timeline that ended
     * @param lsn where
     * @param reason PostgreSQL's text; it does not tell a failover from a switchover
     * @param at when the next one began, if recorded
     * @param newLeader who led it, if recorded
     */
    public record Entry(
            Timeline timeline, Lsn lsn, String reason, Optional<PatroniTime> at, Optional<String> newLeader) {
        /** Checks that all parts are there. */
        public Entry {
            Objects.requireNonNull(timeline, "timeline");
            Objects.requireNonNull(lsn, "lsn");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(newLeader, "newLeader");
        }
    }

    /** Copies the list. */
    public History {
        entries = List.copyOf(entries);
    }

    /** The last entry: the last change of leader. */
    public Optional<Entry> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }
}
