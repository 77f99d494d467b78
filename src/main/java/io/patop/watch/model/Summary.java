package io.patop.watch.model;

import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.Timeline;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One cluster's state as a line of the fleet view, with its worst trouble.
 *
 * @param name the cluster's name in the fleet
 * @param trouble the worst one
 * @param since when it began, if known
 * @param leader the leader, if there is one
 * @param up members that answer and whose PostgreSQL runs
 * @param members that are listed
 * @param worstLag bytes, of the replica that is furthest behind
 * @param timeline the leader's
 * @param lastChange when the leader changed last, by what was seen or by the history
 */
public record Summary(
        String name,
        Trouble trouble,
        Optional<Instant> since,
        Optional<String> leader,
        int up,
        int members,
        Optional<Long> worstLag,
        Optional<Timeline> timeline,
        Optional<Instant> lastChange) {

    /** The troubles of a cluster, the worst first. */
    public enum Trouble {
        /** Two members run as primary. */
        TWO_PRIMARIES("two primaries"),
        /** Nobody holds the leader key. */
        NO_LEADER("no leader"),
        /** The leader holds the key and has not been promoted in time. */
        NOT_PROMOTED("not promoted"),
        /** The leader's API does not answer. */
        LEADER_SILENT("leader silent"),
        /** No member answers at all. */
        UNREACHABLE("unreachable"),
        /** The DCS cannot be read. */
        DCS_LOST("DCS lost"),
        /** A member is down or does not answer. */
        MEMBER_DOWN("member down"),
        /** A replica runs and does not stream. */
        NOT_STREAMING("no stream"),
        /** A replica lags too much to take over. */
        LAGGING("replica lags"),
        /** Maintenance mode is on. */
        PAUSED("paused"),
        /** The cluster has not been asked yet. */
        UNKNOWN("asking"),
        /** There is no trouble. */
        NONE("");

        private final String words;

        Trouble(String words) {
            this.words = words;
        }

        /** The trouble in a table cell. */
        public String text() {
            return words;
        }

        /** Whether, as far as is known, nobody can write. */
        public boolean isOutage() {
            return this == NO_LEADER || this == NOT_PROMOTED || this == LEADER_SILENT || this == UNREACHABLE;
        }
    }

    /** Order by trouble, then the longest-lasting first, then by name. */
    public static final Comparator<Summary> BY_TROUBLE = Comparator.comparing(Summary::trouble)
            .thenComparing(summary -> summary.since().orElse(Instant.MAX))
            .thenComparing(Summary::name);

    /** The summary of a dashboard. */
    public static Summary of(String name, Dashboard dashboard) {
        List<WatchedMember> listed = dashboard.members().values().stream()
                .filter(WatchedMember::isListed)
                .toList();
        Finding finding = find(dashboard, listed);
        return new Summary(
                name,
                finding.trouble(),
                finding.since(),
                dashboard.leadership().present(),
                (int) listed.stream().filter(Summary::isUp).count(),
                listed.size(),
                listed.stream()
                        .flatMap(member -> lag(dashboard, member).stream())
                        .max(Comparator.naturalOrder()),
                dashboard.leadership().timeline(),
                lastChange(dashboard));
    }

    private record Finding(Trouble trouble, Optional<Instant> since) {}

    private static Finding find(Dashboard dashboard, List<WatchedMember> listed) {
        if (dashboard.leadership().rivals().isPresent()) {
            return new Finding(Trouble.TWO_PRIMARIES, dashboard.leadership().rivals());
        }
        if (dashboard.leadership().lockFree().isPresent()) {
            return new Finding(Trouble.NO_LEADER, dashboard.leadership().lockFree());
        }
        if (dashboard.neverPromoted().isPresent()) {
            return new Finding(Trouble.NOT_PROMOTED, dashboard.neverPromoted().map(NeverPromoted::since));
        }
        boolean answered = dashboard.members().values().stream().anyMatch(WatchedMember::answers);
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing failing) {
            if (!answered) {
                return new Finding(Trouble.UNREACHABLE, Optional.of(failing.since()));
            }
        }
        if (dashboard.dcsOutage().isPresent()) {
            return new Finding(Trouble.DCS_LOST, dashboard.dcsOutage().map(DcsOutage::since));
        }
        Optional<Instant> leaderSilent = dashboard.leader().flatMap(Summary::silentSince);
        if (leaderSilent.isPresent()) {
            return new Finding(Trouble.LEADER_SILENT, leaderSilent);
        }
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Unasked) {
            return new Finding(Trouble.UNKNOWN, Optional.empty());
        }
        Optional<WatchedMember> down = listed.stream()
                .filter(member -> member.isSilent()
                        || member.standing() == WatchedMember.Standing.DOWN
                        || member.troubles().postgresDown())
                .findFirst();
        if (down.isPresent()) {
            return new Finding(Trouble.MEMBER_DOWN, silentSince(down.get()));
        }
        Optional<WatchedMember> idle = listed.stream()
                .filter(member -> member.troubles().notStreaming())
                .findFirst();
        if (idle.isPresent()) {
            return new Finding(Trouble.NOT_STREAMING, idle.get().troubles().idleSince());
        }
        if (listed.stream().anyMatch(member -> member.standing() == WatchedMember.Standing.LAGGING)) {
            return new Finding(Trouble.LAGGING, Optional.empty());
        }
        return new Finding(dashboard.paused() ? Trouble.PAUSED : Trouble.NONE, Optional.empty());
    }

    private static Optional<Instant> silentSince(WatchedMember member) {
        return member.api() instanceof Api.Silent silent ? Optional.of(silent.since()) : Optional.empty();
    }

    private static boolean isUp(WatchedMember member) {
        return member.status().filter(status -> status.state().isRunning()).isPresent();
    }

    private static Optional<Long> lag(Dashboard dashboard, WatchedMember member) {
        if (dashboard.leadership().isLeader(member.name())) {
            return Optional.empty();
        }
        return member.liveLag(dashboard.leader(), io.patop.cluster.Wal::replayed)
                .or(() -> member.listed()
                        .map(Member::lag)
                        .flatMap(
                                lag -> lag instanceof Lag.Bytes bytes ? Optional.of(bytes.count()) : Optional.empty()));
    }

    private static Optional<Instant> lastChange(Dashboard dashboard) {
        return dashboard.leadership().changedAt().or(() -> dashboard
                .history()
                .flatMap(history -> history.last())
                .flatMap(entry -> entry.at())
                .flatMap(moment -> moment.time())
                .map(OffsetDateTime::toInstant));
    }
}
