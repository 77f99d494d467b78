package io.patop.watch.forecast;

import io.patop.cluster.Lsn;
import io.patop.cluster.NodeStatus;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long ago the last transaction that a replica has replayed was committed, by the leader's clock. It is 0 while the
 * replica has replayed all that the leader has written, however long ago that was.
 */
public final class LagSeconds {

    /** Largest difference of the leader's clock to patop's with which its times can be compared. */
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(2);

    private LagSeconds() {}

    /** The lag; empty if a position or the time is not known, or the leader's clock differs from this machine's. */
    public static Optional<Duration> of(Dashboard dashboard, WatchedMember member) {
        Optional<WatchedMember> leader = dashboard.leader();
        Optional<Lsn> written = leader.flatMap(WatchedMember::status)
                .flatMap(status -> status.wal().location());
        Optional<Lsn> replayed = member.status().flatMap(status -> status.wal().replayed());
        if (written.isEmpty() || replayed.isEmpty() || !(member.api() instanceof Api.Answering answering)) {
            return Optional.empty();
        }
        if (replayed.get().compareTo(written.get()) >= 0) {
            return Optional.of(Duration.ZERO);
        }
        return answering
                .now()
                .wal()
                .replayedAt()
                .filter(at -> clocksAgree(leader.orElseThrow(), dashboard))
                .map(at -> Duration.between(at, answering.at()))
                .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
    }

    /** Whether the time at which the leader last saw the DCS, by its own clock, can be true by this machine's clock. */
    private static boolean clocksAgree(WatchedMember leader, Dashboard dashboard) {
        if (!(leader.api() instanceof Api.Answering answering)) {
            return false;
        }
        Optional<Duration> loopWait = dashboard.config().map(config -> config.loopWait());
        Optional<Instant> seen = leader.status().flatMap(NodeStatus::dcsLastSeen);
        if (seen.isEmpty() || loopWait.isEmpty()) {
            return false;
        }
        Duration age = Duration.between(seen.get(), answering.at());
        return age.compareTo(CLOCKS_AGREE.negated()) >= 0
                && age.compareTo(loopWait.get().plus(CLOCKS_AGREE)) <= 0;
    }
}
