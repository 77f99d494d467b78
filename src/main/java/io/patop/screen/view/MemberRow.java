package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Lag;
import io.patop.cluster.Lsn;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.Progress;
import io.patop.cluster.Role;
import io.patop.cluster.State;
import io.patop.cluster.Timeline;
import io.patop.cluster.Wal;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.haproxy.Condition;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.text.ByteText;
import io.patop.text.DurationText;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedProxy;
import io.patop.watch.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One member as a row of the members view: the newer of what the node says and what {@code /cluster} lists. Old
 * values are drawn in {@link Ink#STALE} and in brackets, unknown ones as a question mark, never as 0.
 */
public final class MemberRow {

    private static final int TRAIL = 20;

    private final WatchedMember member;
    private final MemberRows rows;
    private final Dashboard dashboard;
    private final Instant now;
    private final Glyphs glyphs;

    MemberRow(WatchedMember member, MemberRows rows) {
        this.member = member;
        this.rows = rows;
        this.dashboard = rows.dashboard;
        this.now = rows.now;
        this.glyphs = rows.glyphs;
    }

    boolean leads() {
        return dashboard.leadership().present().filter(member.name()::equals).isPresent();
    }

    Cell name() {
        String mark = leads() ? glyphs.leader() + " " : member.isSilent() ? glyphs.bad() + " " : "  ";
        return new Cell(
                mark + member.name(), leads() && member.isSilent() ? Ink.BAD : ink(leads() ? Ink.LEADER : Ink.TEXT));
    }

    Cell host() {
        return member.listed()
                .flatMap(Member::address)
                .map(address -> new Cell(hostText(address), ink(Ink.TEXT)))
                .orElseGet(this::unknown);
    }

    Cell role() {
        Optional<Role> role = member.listed().map(Member::role);
        if (role.isEmpty()) {
            return unknown();
        }
        if (member.leftAt().isPresent()) {
            return new Cell("gone", Ink.STALE);
        }
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing) {
            return ownRole(role.get());
        }
        String title = RoleText.title(role.get());
        if (leads() && notPromoted()) {
            return new Cell(title + ", promoting", Ink.WARNING);
        }
        return new Cell(title, ink(leads() && member.answers() ? Ink.LEADER : Ink.TEXT));
    }

    /** Returns the role that the node itself tells, which is the newer one while {@code /cluster} cannot be read. */
    private Cell ownRole(Role listed) {
        return status().map(status ->
                        new Cell(RoleText.title(status.role()), status.role().isPrimary() ? Ink.LEADER : Ink.TEXT))
                .orElse(new Cell("(" + RoleText.title(listed) + ")", Ink.STALE));
    }

    Cell state() {
        if (status().isPresent()) {
            return ownState(status().get());
        }
        if (member.leftAt().isPresent()) {
            return new Cell(
                    "left " + DurationText.age(Duration.between(member.leftAt().get(), now)) + " ago", Ink.STALE);
        }
        return member.listed()
                .map(listed -> isOld()
                        ? new Cell("(" + word(listed.state()) + ")", Ink.STALE)
                        : new Cell(word(listed.state()), tone(listed.state())))
                .orElseGet(this::unknown);
    }

    Cell timeline() {
        Optional<Timeline> own = status().flatMap(NodeStatus::timeline);
        Optional<Timeline> listed = member.listed().flatMap(Member::timeline);
        if (own.isPresent()) {
            boolean older = dashboard
                    .leadership()
                    .timeline()
                    .filter(leads -> leads.isAfter(own.get()))
                    .isPresent();
            return new Cell(own.get().toString(), older ? Ink.WARNING : Ink.TEXT);
        }
        if (listed.isPresent() && member.isListed()) {
            return isOld()
                    ? new Cell("(" + listed.get() + ")", Ink.STALE)
                    : Cell.of(listed.get().toString());
        }
        return unknown();
    }

    /** Returns the replay lag: what a query on the member does not see yet. */
    Cell lag() {
        return lag(Wal::replayed, Optional.empty());
    }

    /** Returns the receive lag: what would be lost if the leader were lost now. */
    Cell receiveLag() {
        return lag(Wal::received, member.listed().flatMap(Member::received).map(Progress::lag));
    }

    /** Returns the replay lag, marked as such even if the value comes from the DCS. */
    Cell replayLag() {
        return lag(Wal::replayed, member.listed().flatMap(Member::replayed).map(Progress::lag));
    }

    /**
     * Returns the lag, measured live if leader and member both answer, else as the DCS tells it, marked; Patroni 3.x
     * tells one lag for both.
     */
    private Cell lag(Function<Wal, Optional<Lsn>> which, Optional<Lag> told) {
        if (leads()) {
            return Cell.EMPTY;
        }
        Optional<Long> live = isOld()
                ? Optional.empty()
                : member.liveLag(dashboard.leader().filter(leader -> !leader.isOld(now)), which);
        if (live.isPresent()) {
            return lag(live.get(), false);
        }
        if (!member.isListed()) {
            return unknown();
        }
        Lag lag = told.or(() -> member.listed().map(Member::lag)).orElse(Lag.UNKNOWN);
        if (lag instanceof Lag.Bytes bytes) {
            Cell cell = lag(bytes.count(), isOld());
            return isOld() ? cell : new Cell(cell.text() + " dcs", cell.ink());
        }
        return unknown();
    }

    /**
     * Returns the course of the lag, the newest at the right. A bar's height goes by powers of ten, since lags differ
     * that much.
     */
    Cell lagTrail() {
        List<Long> bytes = member.lagTrail().bytes();
        if (leads() || bytes.isEmpty() || isOld()) {
            return Cell.EMPTY;
        }
        List<Long> latest = bytes.subList(Math.max(0, bytes.size() - TRAIL), bytes.size());
        StringBuilder bars = new StringBuilder();
        int tallest = glyphs.bars().length() - 1;
        for (long lag : latest) {
            int height = lag <= 0 ? 0 : Math.min(tallest, (int) Math.round(Math.log10((double) lag)) - 1);
            bars.append(glyphs.bars().charAt(Math.max(0, height)));
        }
        boolean high = DynamicConfig.isTooFarBehind(latest.get(latest.size() - 1), dashboard.config());
        return new Cell(bars.toString(), high ? Ink.WARNING : Ink.DIM);
    }

    Cell api() {
        return member.api().accept(new Api.Visitor<>() {
            @Override
            public Cell unasked(Api.Unasked none) {
                return unknown();
            }

            @Override
            public Cell unwatched(Api.Unwatched gap) {
                return gap.before().map(before -> answeredAgo(before)).orElseGet(() -> unknown());
            }

            @Override
            public Cell answering(Api.Answering answering) {
                return isOld()
                        ? answeredAgo(answering)
                        : new Cell(answering.took().usual().toMillis() + " ms", Ink.DIM);
            }

            @Override
            public Cell silent(Api.Silent silent) {
                return new Cell("no answer " + DurationText.age(Duration.between(silent.since(), now)), Ink.BAD);
            }
        });
    }

    private Cell answeredAgo(Api.Answering last) {
        return new Cell("answered " + DurationText.age(Duration.between(last.at(), now)) + " ago", Ink.STALE);
    }

    /** Returns the running and desired tasks of the member's service, or the state of its container. */
    public Cell service() {
        Workload workload = dashboard.workloads().get(member.name());
        Optional<EngineView> view = dashboard.docker().view();
        if (workload == null || view.isEmpty()) {
            return Cell.EMPTY;
        }
        boolean old = dashboard.docker().isOld(now);
        if (workload.kind() == Workload.Kind.SERVICE) {
            boolean servicesOld = dashboard.docker().servicesAreOld(now);
            return view.get()
                    .service(workload.id())
                    .map(service -> count(service, servicesOld))
                    .orElseGet(this::unknown);
        }
        return view.get().containers().stream()
                .filter(container -> container.id().equals(workload.id()))
                .findFirst()
                .map(container ->
                        new Cell(container.state(), old ? Ink.STALE : container.isRunning() ? Ink.GOOD : Ink.WARNING))
                .orElseGet(this::unknown);
    }

    /**
     * Returns the backends in which HAProxy sends sessions to the member and those in which it is held out by hand,
     * or that it gets no sessions.
     */
    Cell proxy() {
        if (dashboard.proxies().isEmpty()) {
            return Cell.EMPTY;
        }
        List<WatchedProxy> answering = dashboard.proxies().values().stream()
                .filter(WatchedProxy::answers)
                .toList();
        Set<String> words = new LinkedHashSet<>();
        boolean disagrees = false;
        boolean known = false;
        for (WatchedProxy each : answering) {
            for (MatchedServer server : each.servers()) {
                if (server.member().filter(member.name()::equals).isPresent()) {
                    known = true;
                    disagrees |= each.agreement(server, dashboard.leadership()).isContradiction();
                    if (server.row().condition() != Condition.DOWN) {
                        words.add(server.row().proxy() + " " + server.row().status());
                    }
                }
            }
        }
        String text = words.isEmpty() ? (known ? "DOWN" : "") : String.join(", ", words);
        return new Cell(
                (disagrees ? glyphs.bad() + " " : "") + text,
                disagrees ? Ink.BAD : words.isEmpty() ? Ink.DIM : Ink.TEXT);
    }

    private static Cell count(Service service, boolean old) {
        String running = service.running().map(String::valueOf).orElse("?");
        String desired = service.desired().map(String::valueOf).orElse("-");
        boolean well = service.running().equals(service.desired()) && !desired.equals("0");
        return new Cell(running + "/" + desired, old ? Ink.STALE : well ? Ink.GOOD : Ink.WARNING);
    }

    /** Returns whether one of the row's texts contains the searched text, which is in lower case. */
    boolean contains(String sought) {
        return sought.isEmpty()
                || Stream.of(name(), host(), role(), state(), tags())
                        .anyMatch(cell -> cell.text().toLowerCase(Locale.ROOT).contains(sought));
    }

    /** Returns whether settings wait for a restart, and when one is scheduled. */
    Cell restart() {
        boolean pending = member.restartPending().isPresent();
        Optional<String> due = member.restartDue().map(restart -> ClusterAlerts.when(restart.at(), now));
        String text = (pending ? "pending" : "") + (pending && due.isPresent() ? ", " : "") + due.orElse("");
        return new Cell(text, Ink.WARNING);
    }

    /** Returns PostgreSQL's version while members run different ones, as in the middle of an upgrade. */
    Cell version() {
        return rows.versionsDiffer()
                ? status().flatMap(NodeStatus::postgresVersion)
                        .map(version -> Cell.of(version.toString()))
                        .orElseGet(this::unknown)
                : Cell.EMPTY;
    }

    Cell tags() {
        return member.listed()
                .filter(listed -> !listed.tags().values().isEmpty())
                .map(listed -> listed.tags().values().entrySet().stream()
                        .map(tag -> Boolean.TRUE.equals(tag.getValue())
                                ? tag.getKey()
                                : tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(" ")))
                .map(text -> new Cell(text, Ink.DIM))
                .orElse(Cell.EMPTY);
    }

    private Cell ownState(NodeStatus status) {
        State state = status.state();
        boolean replica = !status.role().isPrimary();
        if (replica && state.isRunning()) {
            if (status.replicationState().isPresent()) {
                return new Cell(status.replicationState().get(), Ink.GOOD);
            }
            boolean streams = rows.receives(member.name());
            boolean known = dashboard
                    .leader()
                    .filter(leader -> !leader.isOld(now))
                    .flatMap(WatchedMember::status)
                    .isPresent();
            return streams
                    ? new Cell("streaming", Ink.GOOD)
                    : new Cell(word(state) + (known ? ", no stream" : ""), Ink.WARNING);
        }
        return new Cell(word(state), tone(state));
    }

    private Cell lag(long bytes, boolean old) {
        String words = ByteText.text(bytes);
        return old
                ? new Cell("(" + words + ")", Ink.STALE)
                : new Cell(words, DynamicConfig.isTooFarBehind(bytes, dashboard.config()) ? Ink.WARNING : Ink.TEXT);
    }

    private boolean notPromoted() {
        return status().filter(
                        status -> !status.role().isPrimary() && !status.role().leads())
                .isPresent();
    }

    private String hostText(PostgresAddress address) {
        return address.port() == PostgresAddress.DEFAULT_PORT ? address.host() : address.toString();
    }

    private boolean isOld() {
        return member.isOld(now);
    }

    /** Returns what the node says of itself, unless that is old. */
    private Optional<NodeStatus> status() {
        return isOld() ? Optional.empty() : member.status();
    }

    private Cell unknown() {
        return new Cell(glyphs.unknown(), Ink.STALE);
    }

    private Ink ink(Ink otherwise) {
        return member.isListed() && !isOld() ? otherwise : Ink.STALE;
    }

    private static String word(State state) {
        return state.word().isEmpty() ? "unknown" : state.word();
    }

    private static Ink tone(State state) {
        if (state.isRunning()) {
            return Ink.GOOD;
        }
        return state.isPassing() ? Ink.WARNING : Ink.BAD;
    }
}
