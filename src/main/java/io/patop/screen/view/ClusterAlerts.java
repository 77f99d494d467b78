package io.patop.screen.view;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.PatroniTime;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.NeverPromoted;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The alerts of the whole cluster for the header, the worst first; the configuration's times if there is no alert.
 */
final class ClusterAlerts {

    /** Largest number of names in an alert; no line has room for more. */
    private static final int MOST_NAMES = 20;

    private ClusterAlerts() {}

    static List<Cell> of(Dashboard dashboard, Instant now) {
        List<Cell> conditions = new ArrayList<>();
        dashboard
                .leadership()
                .rivals()
                .ifPresent(since -> conditions.add(
                        new Cell("TWO PRIMARIES for " + DurationText.text(Duration.between(since, now)), Ink.BAD)));
        dashboard.neverPromoted().map(never -> neverPromoted(never, now)).ifPresent(conditions::add);
        unwatched(dashboard).ifPresent(conditions::add);
        clusterApi(dashboard, now).ifPresent(conditions::add);
        dashboard
                .unlisted()
                .ifPresent(count -> conditions.add(new Cell(
                        "/cluster lists " + count + " members more than the " + ClusterView.MOST_MEMBERS
                                + " that are taken",
                        Ink.BAD)));
        if (dashboard.paused()) {
            conditions.add(new Cell("maintenance mode: no automatic failover", Ink.WARNING));
        }
        failsafe(dashboard).ifPresent(conditions::add);
        dashboard
                .scheduledSwitchover()
                .ifPresent(due -> conditions.add(new Cell(
                        "switchover" + due.to().map(to -> " to " + to).orElse("") + " " + when(due.at(), now),
                        Ink.WARNING)));
        dashboard.members().values().stream()
                .filter(member -> member.restartDue().isPresent())
                .limit(MOST_NAMES)
                .map(member -> new Cell(
                        "restart of " + member.name() + " "
                                + when(member.restartDue().get().at(), now),
                        Ink.WARNING))
                .forEach(conditions::add);
        DrillPanel.condition(dashboard, now).ifPresent(conditions::add);
        if (conditions.isEmpty()) {
            dashboard.config().ifPresent(config -> conditions.add(new Cell(settings(config), Ink.DIM)));
        }
        return conditions;
    }

    /** Warns of a time in which nobody watched, until {@code /cluster} has been read again. */
    private static Optional<Cell> unwatched(Dashboard dashboard) {
        return dashboard
                .unwatched()
                .filter(gap -> dashboard
                        .clusterApi()
                        .lastAnswer()
                        .filter(at -> !at.isBefore(gap.until()))
                        .isEmpty())
                .map(gap -> new Cell("OLD: nobody watched for " + DurationText.age(gap.lasted()), Ink.WARNING));
    }

    /**
     * Warns of a leader that holds the key without being promoted: Patroni elects no other, so nobody can write until
     * a person intervenes.
     */
    private static Cell neverPromoted(NeverPromoted never, Instant now) {
        return new Cell(
                never.leader() + " NOT PROMOTED for " + DurationText.age(Duration.between(never.since(), now))
                        + ": holds the leader key, says " + never.says(),
                Ink.BAD);
    }

    private static Optional<Cell> clusterApi(Dashboard dashboard, Instant now) {
        if (dashboard.dcsOutage().isPresent()) {
            Duration since = Duration.between(dashboard.dcsOutage().get().since(), now);
            return Optional.of(new Cell("DCS cannot be read for " + DurationText.age(since), Ink.BAD));
        }
        if (!(dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing failing)) {
            return Optional.empty();
        }
        String age = failing.lastAnsweredAt()
                .map(at -> ", last read " + DurationText.age(Duration.between(at, now)) + " ago")
                .orElse("");
        String what = "no node answers /cluster (" + failing.failure().kind().text() + ")";
        return Optional.of(new Cell(what + age, Ink.BAD));
    }

    private static Optional<Cell> failsafe(Dashboard dashboard) {
        return dashboard.members().values().stream()
                .filter(member -> member.status()
                        .filter(status -> status.flags().failsafeActive())
                        .isPresent())
                .map(WatchedMember::name)
                .limit(MOST_NAMES)
                .reduce((one, other) -> one + ", " + other)
                .map(names -> new Cell("failsafe mode active on " + names, Ink.WARNING));
    }

    /** Returns the time that is left, e.g. for a scheduled restart. */
    static String when(PatroniTime due, Instant now) {
        return due.time().map(at -> in(at, now)).orElse("at " + due.text());
    }

    private static String in(OffsetDateTime at, Instant now) {
        Duration left = Duration.between(now, at.toInstant());
        return left.isNegative() ? "due now" : "in " + DurationText.age(left);
    }

    private static String settings(DynamicConfig config) {
        return "ttl " + config.ttl().toSeconds() + " s, loop_wait "
                + config.loopWait().toSeconds()
                + " s, retry_timeout " + config.retryTimeout().toSeconds() + " s, maximum lag on failover "
                + io.patop.text.ByteText.text(config.maximumLagOnFailover());
    }
}
