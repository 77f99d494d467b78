package io.patop.watch.source;

import io.patop.cluster.ClusterView;
import io.patop.cluster.History;
import io.patop.cluster.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When history and configuration are to be asked for: they change seldom. Used by one thread. */
final class HistoryAndConfigSchedule {

    private static final Duration EVERY = Duration.ofSeconds(60);

    /** After a promotion, until the history tells of it. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private Optional<Instant> askedAt = Optional.empty();
    private long timeline;
    private long lastInHistory;

    /** Whether it is time to ask the node that has just read the DCS for us; if so, they count as asked. */
    boolean areDue(ClusterView view, Instant now) {
        long present =
                view.leader().flatMap(Member::timeline).map(on -> on.number()).orElse(timeline);
        boolean historyMissing = present > 1 && lastInHistory < present - 1;
        Duration every = present != timeline || historyMissing ? RETRY : EVERY;
        if (askedAt.isPresent() && Duration.between(askedAt.get(), now).compareTo(every) < 0) {
            return false;
        }
        askedAt = Optional.of(now);
        timeline = present;
        return true;
    }

    /** A node has told the history. */
    void heard(History history) {
        lastInHistory = history.last().map(entry -> entry.timeline().number()).orElse(0L);
    }
}
