package io.patop.watch.source;

import io.patop.cluster.ClusterView;
import io.patop.cluster.History;
import io.patop.cluster.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides when the history and the configuration are asked for, which is seldom since they change seldom. Used by one
 * thread.
 */
final class HistoryAndConfigSchedule {

    private static final Duration EVERY = Duration.ofSeconds(60);

    /** Interval after a promotion, until the history contains it. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private Optional<Instant> askedAt = Optional.empty();
    private long timeline;
    private long lastInHistory;
    private Set<String> synchronous = Set.of();

    /**
     * Whether the history and the configuration are due, to be asked of the node that just answered {@code /cluster}.
     * If so, they count as asked.
     */
    boolean areDue(ClusterView view, Instant at) {
        long present =
                view.leader().flatMap(Member::timeline).map(on -> on.number()).orElse(timeline);
        boolean historyMissing = present > 1 && lastInHistory < present - 1;
        Duration every = present != timeline || historyMissing ? RETRY : EVERY;
        // Synchronous mode may have been switched, and with what was known of it nobody could take over.
        Set<String> now = synchronous(view);
        boolean switched = !now.equals(synchronous);
        synchronous = now;
        if (!switched
                && askedAt.isPresent()
                && Duration.between(askedAt.get(), at).compareTo(every) < 0) {
            return false;
        }
        askedAt = Optional.of(at);
        timeline = present;
        return true;
    }

    private static Set<String> synchronous(ClusterView view) {
        return view.members().stream()
                .filter(member -> member.role().isSynchronous())
                .map(Member::name)
                .collect(Collectors.toSet());
    }

    /** Notes that a node has told the history. */
    void heard(History history) {
        lastInHistory = history.last().map(entry -> entry.timeline().number()).orElse(0L);
    }
}
