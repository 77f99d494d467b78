package io.patop.drill;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Timeline;
import io.patop.watch.bill.Bill;
import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Failover;
import io.patop.watch.model.NeverPromoted;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One fault that was ordered, and what is known of its effects. Each run consists of one. */
final class FaultInProgress {

    /** Longest time after which the fault of a standby can affect writers. */
    private static final Duration EFFECT = Duration.ofSeconds(2);

    private final DrillPlan.Turn turn;
    private final String member;
    private final String role;
    private final boolean led;
    private final Optional<Timeline> timeline;
    private final Optional<Estimate> expected;
    private final ProbeCounts before;
    private final Instant at;
    private final List<String> troubles = new ArrayList<>();
    private boolean isVoid;
    private Optional<Instant> done = Optional.empty();
    private Optional<Instant> felt = Optional.empty();
    private Optional<Instant> whole = Optional.empty();

    private FaultInProgress(DrillPlan.Turn turn, String member, String role, Dashboard dashboard, Instant at) {
        this.turn = turn;
        this.member = member;
        this.role = role;
        this.led = dashboard.leadership().isLeader(member);
        this.timeline = dashboard.leadership().timeline();
        this.expected = led && turn.fault() instanceof Fault fault ? fault.expected(dashboard, at) : Optional.empty();
        this.before = ProbeCounts.by(dashboard);
        this.at = at;
    }

    static FaultInProgress of(DrillPlan.Turn turn, String member, Dashboard dashboard, Instant at) {
        String role = dashboard
                .member(member)
                .flatMap(WatchedMember::listed)
                .map(listed -> listed.role().word().replace('_', ' '))
                .orElse("member");
        return new FaultInProgress(turn, member, role, dashboard, at);
    }

    PlannedFault fault() {
        return turn.fault();
    }

    String member() {
        return member;
    }

    Instant at() {
        return at;
    }

    /** The fault as a sentence: {@code leader patroni1 is stopped}. */
    String text() {
        return role + " " + member + " is " + turn.fault().done();
    }

    /** Notes that all orders of the fault have been accepted. */
    void done(Instant now) {
        done = done.or(() -> Optional.of(now));
    }

    /** Makes the run void, since its measurements are worthless. What was broken is still put right. */
    void spoil(String why) {
        isVoid = true;
        trouble(why);
    }

    boolean isVoid() {
        return isVoid;
    }

    void trouble(String why) {
        troubles.add(why);
    }

    /** Notes that all members are well again, if that was not known; returns since when they are. */
    Instant whole(Instant now) {
        whole = whole.or(() -> Optional.of(now));
        return whole.get();
    }

    /** Takes back {@link #whole}, since the cluster is not whole after all. */
    void relapsed() {
        whole = Optional.empty();
    }

    /**
     * What is still missing before a whole cluster counts as whole: an acknowledged write. A write may hang at that
     * time, and show an outage only when it fails.
     */
    Optional<String> unconfirmed(Dashboard dashboard) {
        boolean written = dashboard
                .probe()
                .flatMap(status -> status.writes().lastAcknowledged())
                .filter(last -> whole.filter(last::isBefore).isEmpty())
                .isPresent();
        return written ? Optional.empty() : Optional.of("waiting for a write to be acknowledged");
    }

    /** Whether the fault has taken effect, and the cluster takes writes after that. */
    boolean isServed(Dashboard dashboard, Instant now) {
        if (turn.fault().isInjected()) {
            return hasLastedLongEnough(dashboard, now);
        }
        if (felt.isEmpty()) {
            felt = effect(dashboard, now);
        }
        Optional<ProbeStatus> probe = dashboard.probe();
        Duration settle = led ? Duration.ZERO : EFFECT;
        return felt.isPresent()
                && probe.flatMap(status -> status.writes().outage()).isEmpty()
                && probe.flatMap(status -> status.writes().lastAcknowledged())
                        .filter(last -> last.isAfter(felt.get().plus(settle)))
                        .isPresent();
    }

    /**
     * Whether a fault that need not end in another leader has lasted for long enough: another leads and takes writes,
     * or Patroni has had the time to notice it and to give the leadership away.
     */
    private boolean hasLastedLongEnough(Dashboard dashboard, Instant now) {
        Optional<Instant> promoted = change(dashboard)
                .filter(change -> led && change.newLeader().isPresent())
                .flatMap(change -> change.at(Phase.PROMOTED));
        boolean takesWrites = promoted.isPresent()
                && dashboard
                        .probe()
                        .flatMap(status -> status.writes().lastAcknowledged())
                        .filter(last -> last.isAfter(promoted.get()))
                        .isPresent();
        return done.isPresent() && (takesWrites || !now.isBefore(done.get().plus(longEnough(dashboard))));
    }

    private static Duration longEnough(Dashboard dashboard) {
        DynamicConfig config = dashboard.config().orElse(new DynamicConfig(Map.of()));
        return config.ttl().plus(config.loopWait());
    }

    /** When the fault had the effect that the run waits for; empty until then. */
    private Optional<Instant> effect(Dashboard dashboard, Instant now) {
        if (turn.fault() == Fault.RESTART) {
            return done;
        }
        if (led) {
            return change(dashboard).filter(this::isWhatWasWanted).map(change -> change.end()
                    .map(Failover.End::at)
                    .filter(end -> change.newLeader().isEmpty())
                    .orElseGet(() -> change.at(Phase.PROMOTED).orElse(now)));
        }
        boolean gone = dashboard
                .member(member)
                .filter(known -> known.isSilent()
                        || known.status()
                                .filter(status -> !status.state().isRunning())
                                .isPresent())
                .isPresent();
        return gone ? Optional.of(now) : Optional.empty();
    }

    /** Whether the run waits for another member to take over. */
    private boolean awaitsSuccessor() {
        return led && turn.fault() != Fault.RESTART && !turn.fault().isInjected() && felt.isEmpty();
    }

    /**
     * The text for a leader that came back before another member took over, as happens if it is started again at
     * once: nobody will take over any more, so that waiting is useless. After a crash that is as good.
     */
    Optional<String> leadsOn(Dashboard dashboard) {
        if (!awaitsSuccessor() || turn.fault() == Fault.CRASH) {
            return Optional.empty();
        }
        boolean leads = dashboard.leadership().present().filter(member::equals).isPresent()
                && dashboard
                        .member(member)
                        .flatMap(WatchedMember::status)
                        .filter(status ->
                                status.role().isPrimary() && status.state().isRunning())
                        .isPresent();
        return change(dashboard)
                .filter(change ->
                        leads && change.end().isPresent() && change.newLeader().isEmpty())
                .map(change -> member + " came back and leads on: nobody took over");
    }

    /** The text for a new leader that is not promoted, so that waiting is useless too. */
    Optional<String> neverPromoted(Dashboard dashboard) {
        return dashboard
                .neverPromoted()
                .filter(never -> awaitsSuccessor())
                .map(never -> never.leader() + " holds the leader key and was not promoted within "
                        + NeverPromoted.PATIENCE.toSeconds() + " s: it says " + never.says());
    }

    /**
     * Whether the change of leader is the one that the fault aims at. After a crash the old leader may come back and
     * lead; after any other fault another member must take over.
     */
    private boolean isWhatWasWanted(Failover change) {
        boolean succeeded = change.newLeader().isPresent() && change.reached().containsKey(Phase.PROMOTED);
        return succeeded || (turn.fault() == Fault.CRASH && change.end().isPresent());
    }

    /** The change of leader that followed the fault, if there is one. */
    Optional<Failover> change(Dashboard dashboard) {
        return dashboard.failoverSince(at);
    }

    /** The text of what the run waits for now. */
    String awaited(Dashboard dashboard) {
        if (felt.isPresent()) {
            return "waiting for a write to be acknowledged";
        }
        if (turn.fault().isInjected()) {
            return "another may lead within " + longEnough(dashboard).toSeconds() + " s";
        }
        if (!led) {
            return "waiting for " + member + " to be gone";
        }
        if (turn.fault() == Fault.RESTART) {
            return "waiting for PostgreSQL to be up again";
        }
        Optional<Failover> change = change(dashboard);
        if (change.flatMap(Failover::newLeader).isPresent()) {
            return "waiting for " + change.get().newLeader().get() + " to be promoted";
        }
        return change.filter(known -> known.reached().containsKey(Phase.LOCK_RELEASED))
                        .isPresent()
                ? "the leader key is free; waiting for a new leader"
                : "waiting for a new leader";
    }

    DrillRun run(int number, Dashboard dashboard, Instant now) {
        Optional<Failover> change = change(dashboard);
        Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
        change.ifPresent(known -> known.reached().forEach((phase, reached) -> phases.put(phase, since(reached))));
        return new DrillRun(
                number,
                turn.fault(),
                member,
                role,
                at,
                change.map(known -> new DrillRun.Change(known.outcome(), known.newLeader(), timeline, known.to())),
                phases,
                expected,
                before.since(dashboard, at, now),
                whole.filter(at -> !isVoid).map(this::since),
                // Of several faults at once no setting can be told to be the cause.
                change.filter(known -> turn.fault().parts().size() == 1).flatMap(known -> bill(known, dashboard)),
                troubles,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Bill> bill(Failover change, Dashboard dashboard) {
        return dashboard
                .config()
                .map(config -> FailoverTiming.of(config, dashboard))
                .flatMap(timing -> Bill.of(change, Bill.outage(change, dashboard.probe()), timing));
    }

    private Duration since(Instant moment) {
        Duration since = Duration.between(at, moment);
        return since.isNegative() ? Duration.ZERO : since;
    }
}
