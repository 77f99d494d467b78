package io.patop.screen.view;

import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PendingRestart;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.PostgresVersion;
import io.patop.cluster.Progress;
import io.patop.cluster.Wal;
import io.patop.screen.lanes.Graph;
import io.patop.screen.lanes.MemberGraphs;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.text.ByteText;
import io.patop.text.DurationText;
import io.patop.watch.forecast.LagSeconds;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is known of one member, line by line: what the node says beside what {@code /cluster} lists. */
public final class MemberDetails {

    /** Columns of a graph. */
    private static final int GRAPH = 30;

    private final List<Cell> lines = new ArrayList<>();

    private MemberDetails() {}

    public static List<Cell> lines(Dashboard dashboard, String name, Instant now, Glyphs glyphs) {
        MemberDetails details = new MemberDetails();
        Optional<WatchedMember> member = dashboard.member(name);
        if (member.isEmpty()) {
            return List.of(new Cell("nothing is known of " + name + " any more", Ink.STALE));
        }
        details.lines.addAll(member.get().api().accept(new ApiLines(now)));
        details.graphs(name, dashboard, now, glyphs);
        details.own(member.get(), dashboard, now);
        details.listed(member.get(), dashboard, now);
        details.workload(dashboard, name);
        return details.lines;
    }

    /** What is known of the member's own REST API. */
    private record ApiLines(Instant now) implements Api.Visitor<List<Cell>> {
        @Override
        public List<Cell> unasked(Api.Unasked none) {
            return List.of(new Cell("REST API not asked: the member published no address", Ink.STALE));
        }

        @Override
        public List<Cell> unwatched(Api.Unwatched gap) {
            return List.of(new Cell("REST API not asked since nobody watched", Ink.STALE));
        }

        @Override
        public List<Cell> answering(Api.Answering answering) {
            String since = DurationText.age(Duration.between(answering.since(), now));
            return List.of(
                    named("REST API", answering.url().toString()),
                    named("answers", "in " + answering.took().last().toMillis() + " ms, for " + since));
        }

        @Override
        public List<Cell> silent(Api.Silent silent) {
            String since = DurationText.age(Duration.between(silent.since(), now));
            return List.of(new Cell(
                    "no answer since " + since + ": " + silent.failure().message(), Ink.BAD));
        }
    }

    private void graphs(String name, Dashboard dashboard, Instant now, Glyphs glyphs) {
        List<Graph> graphs = MemberGraphs.of(dashboard, name, now);
        if (!graphs.isEmpty()) {
            heading("The last " + DurationText.age(MemberGraphs.SHOWN));
            graphs.forEach(graph -> fact(graph.name(), graph.line(GRAPH, glyphs)));
        }
    }

    private void own(WatchedMember member, Dashboard dashboard, Instant now) {
        Optional<NodeStatus> last = member.api().lastStatus();
        if (last.isEmpty()) {
            return;
        }
        NodeStatus status = last.get();
        heading(saidAt(member, now));
        fact(
                "role, state",
                status.role() + ", " + status.state()
                        + status.replicationState().map(state -> ", " + state).orElse(""));
        status.timeline().ifPresent(timeline -> fact("timeline", timeline.toString()));
        status.wal().location().ifPresent(lsn -> fact("WAL written", lsn.toString()));
        status.wal().received().ifPresent(lsn -> fact("WAL received", lsn.toString()));
        status.wal()
                .replayed()
                .ifPresent(lsn -> fact("WAL replayed", lsn + (status.wal().replayPaused() ? " (paused)" : "")));
        lag("receive lag", member.liveLag(dashboard.leader(), Wal::received));
        lag("replay lag", member.liveLag(dashboard.leader(), Wal::replayed));
        if (!dashboard.leadership().isLeader(member.name())) {
            LagSeconds.of(dashboard, member)
                    .ifPresent(lag -> fact("replay lag", DurationText.text(lag) + ", by the leader's clock"));
        }
        receivesFrom(member, dashboard);
        status.replication()
                .forEach(sender -> fact(
                        "sends WAL to",
                        sender.applicationName() + " (" + sender.state() + ", " + sender.syncState() + ")"));
        fact(
                "versions",
                "Patroni " + status.patroniVersion().orElse("?") + ", PostgreSQL "
                        + status.postgresVersion()
                                .map(PostgresVersion::toString)
                                .orElse("?"));
        status.postmasterStart().ifPresent(start -> fact("started", start.text()));
        status.dcsLastSeen()
                .ifPresent(seen -> fact("read the DCS", DurationText.age(Duration.between(seen, now)) + " ago"));
        member.restartPending().ifPresent(this::pending);
        member.restartDue()
                .ifPresent(restart -> fact(
                        "restart due",
                        ClusterAlerts.when(restart.at(), now) + ", at "
                                + restart.at().text()));
        if (status.flags().clusterUnlocked()) {
            lines.add(new Cell("it says that nobody holds the leader key", Ink.BAD));
        }
        if (status.flags().watchdogFailed()) {
            lines.add(new Cell("its watchdog could not be armed", Ink.WARNING));
        }
    }

    private static String saidAt(WatchedMember member, Instant now) {
        Optional<Instant> at = member.api().lastAnswer().map(Api.Answering::at);
        return (member.isOld(now) ? "It said last" : "It says itself")
                + at.map(time -> ", " + DurationText.age(Duration.between(time, now)) + " ago")
                        .orElse("");
    }

    private void lag(String name, Optional<Long> bytes) {
        bytes.ifPresent(lag -> fact(name, ByteText.text(lag) + ", live"));
    }

    /** Draws what the sender of the stream says, not what the receiver says. */
    private void receivesFrom(WatchedMember member, Dashboard dashboard) {
        for (WatchedMember other : dashboard.members().values()) {
            other.status().stream()
                    .flatMap(status -> status.replication().stream())
                    .filter(sender -> sender.applicationName().equals(member.name()))
                    .forEach(sender -> fact(
                            "receives from",
                            other.name() + ", which says " + sender.state() + ", " + sender.syncState()));
        }
    }

    private void listed(WatchedMember member, Dashboard dashboard, Instant now) {
        if (member.listed().isEmpty()) {
            return;
        }
        Member listed = member.listed().get();
        heading(member.leftAt()
                .map(left -> "/cluster listed it until " + DurationText.age(Duration.between(left, now)) + " ago")
                .orElseGet(() -> "/cluster lists it"
                        + dashboard
                                .clusterApi()
                                .lastAnswer()
                                .map(at -> ", read " + DurationText.age(Duration.between(at, now)) + " ago; up to "
                                        + loopWait(dashboard) + " s old in the DCS")
                                .orElse("")));
        fact("role, state", listed.role() + ", " + listed.state());
        listed.address().map(PostgresAddress::toString).ifPresent(text -> fact("PostgreSQL", text));
        listed.timeline().ifPresent(timeline -> fact("timeline", timeline.toString()));
        if (!(listed.lag() instanceof Lag.None)) {
            fact("lag", lag(listed.lag()));
            listed.lsn().ifPresent(lsn -> fact("of WAL", lsn.toString()));
        }
        listed.received().ifPresent(progress -> fact("received", progress(progress)));
        listed.replayed().ifPresent(progress -> fact("replayed", progress(progress)));
        listed.tags().values().forEach((name, value) -> fact("tag " + name, String.valueOf(value)));
    }

    private static long loopWait(Dashboard dashboard) {
        return dashboard.config().map(config -> config.loopWait().toSeconds()).orElse(10L);
    }

    private void pending(PendingRestart pending) {
        lines.add(new Cell("settings wait for a restart", Ink.WARNING));
        pending.reasons()
                .forEach(change -> fact(
                        change.parameter(), change.oldValue() + " now, " + change.newValue() + " after the restart"));
    }

    private void workload(Dashboard dashboard, String name) {
        Workload workload = dashboard.workloads().get(name);
        if (workload != null) {
            heading("Docker runs it");
            fact(workload.kind() == Workload.Kind.SERVICE ? "as service" : "as container", workload.name());
        }
    }

    private void heading(String text) {
        lines.add(new Cell(text, Ink.TITLE));
    }

    private void fact(String name, String value) {
        lines.add(named(name, value));
    }

    private static Cell named(String name, String value) {
        return new Cell(String.format("  %-16s %s", name, value), Ink.DIALOG);
    }

    private static String progress(Progress progress) {
        return progress.lsn().map(Object::toString).orElse("unknown") + ", " + lag(progress.lag()) + " behind";
    }

    private static String lag(Lag lag) {
        return lag instanceof Lag.Bytes bytes ? ByteText.text(bytes.count()) : "unknown";
    }
}
