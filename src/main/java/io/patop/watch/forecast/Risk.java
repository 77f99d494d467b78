package io.patop.watch.forecast;

import io.patop.cluster.Lsn;
import io.patop.text.ByteText;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Dashboard.Takeover.Position;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The writes that would be lost if the leader died now: what it has written and the member that would take over has not
 * received.
 *
 * @param synchronous whether commits wait for that member, so that none is lost
 * @param bytes of WAL, at the last look; empty if a position is not known
 * @param last since when nothing of what was written is known to be received; empty if that is not known
 */
public record Risk(boolean synchronous, Optional<Long> bytes, Optional<Duration> last) {

    /** The risk, by the positions that the members tell themselves. */
    static Risk of(Dashboard dashboard, List<String> successors, boolean synchronous, Instant now) {
        Optional<Lsn> received = successors.stream()
                .flatMap(name -> Forecast.received(dashboard, name).stream())
                .min(Lsn::compareTo);
        Optional<Lsn> written = dashboard
                .leader()
                .flatMap(WatchedMember::status)
                .flatMap(status -> status.wal().location());
        if (received.isEmpty() || written.isEmpty()) {
            return new Risk(synchronous, Optional.empty(), Optional.empty());
        }
        long bytes = Math.max(0, written.get().position() - received.get().position());
        String leader = dashboard.leadership().present().orElseThrow();
        Optional<Duration> last = dashboard.takeover().written().stream()
                .filter(position -> position.leader().equals(leader))
                .filter(position -> position.lsn().compareTo(received.get()) <= 0)
                .map(Position::at)
                .max(Instant::compareTo)
                .map(at -> Duration.between(at, now))
                .map(length -> length.isNegative() ? Duration.ZERO : length);
        return new Risk(synchronous, Optional.of(bytes), last);
    }

    /** The risk in words: {@code 48 kB, the last 0.4 s}. */
    public String text() {
        if (synchronous) {
            return "nothing, commits are synchronous";
        }
        if (bytes.isEmpty()) {
            return "unknown, a position is missing";
        }
        return ByteText.text(bytes.get())
                + (bytes.get() == 0
                        ? ""
                        : last.map(length -> ", the last " + DurationText.text(length))
                                .orElse(", more than the last minute"));
    }
}
