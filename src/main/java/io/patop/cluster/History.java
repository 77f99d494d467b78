package io.patop.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The history of the cluster's timelines ({@code GET /history}): where each one ended.
 *
 * @param entries oldest first
 */
public record History(List<Entry> entries) {

    /**
     * The end of one timeline.
     *
     * @param timeline the timeline that ended
     * @param lsn its end
     * @param reason PostgreSQL's text; it does not distinguish a failover from a switchover
     * @param at when the next one began, if recorded
     * @param newLeader the leader of the next one, if recorded
     */
    public record Entry(
            Timeline timeline, Lsn lsn, String reason, Optional<PatroniTime> at, Optional<String> newLeader) {}

    public History {
        entries = List.copyOf(entries);
    }

    /** The last entry, which is the last change of leader. */
    public Optional<Entry> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }
}
