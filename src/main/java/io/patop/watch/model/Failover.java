package io.patop.watch.model;

import io.patop.cluster.Timeline;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change of leader, or an attempt at one, with the time at which each phase was reached.
 *
 * @param oldLeader the leader before
 * @param newLeader the leader after, once known
 * @param from the timeline before
 * @param to the timeline after, once that is known
 * @param reached the phases, each with the time at which it was seen to be reached; a phase that another one implies
 *     is never later than that one
 * @param end how it ended; empty while it runs
 * @param trouble when the old leader stopped being well; empty if it was never seen to be well
 * @param notYet for some phases, the last time at which they were known not to be reached yet; for others none is known
 * @param selfDemotion why the old leader gave up although its API kept answering; empty if it did not, or handed over
 */
public record Failover(
        String oldLeader,
        Optional<String> newLeader,
        Optional<Timeline> from,
        Optional<Timeline> to,
        Map<Phase, Instant> reached,
        Optional<End> end,
        Optional<TimeBounds> trouble,
        Map<Phase, Instant> notYet,
        Optional<SelfDemotion> selfDemotion) {

    private static final Set<Phase> CHANGED = EnumSet.of(Phase.LOCK_RELEASED, Phase.NEW_LEADER);
    private static final Set<Phase> TAKEN_OVER = EnumSet.of(Phase.LOCK_RELEASED, Phase.NEW_LEADER, Phase.PROMOTED);

    /** The outcomes of a change of leader. */
    public enum Outcome {
        /** The leader failed and another member took over. */
        FAILOVER("failover"),
        /** The leader handed over by order. */
        SWITCHOVER("switchover"),
        /** The same leader came back on a new timeline. */
        LEADER_RESTART("leader restart"),
        /** The same leader answers again, on the same timeline. */
        FALSE_ALARM("no failover"),
        /** A former leader took over again, on a timeline older than that of the leader it replaced. */
        WENT_BACK("return to an older timeline"),
        /** The cluster became a standby cluster. */
        CLUSTER_DEMOTED("demotion of the cluster"),
        /** The cluster is no longer a standby cluster. */
        CLUSTER_PROMOTED("promotion of the cluster"),
        /** A monitoring gap hid the end of it. */
        UNWATCHED("change that nobody watched to its end");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** The outcome in one or a few words. */
        public String text() {
            return words;
        }
    }

    /** Why a leader gives up by itself although its API goes on answering. Nobody ordered that: it is no switchover. */
    public enum SelfDemotion {
        /** No member can read the DCS. */
        DCS_LOST,
        /** The leader alone cannot reach the DCS, so that its keys expire. */
        CUT_OFF_FROM_DCS,
        /** The leader's PostgreSQL crashed or did not start. */
        POSTGRES_FAILED
    }

    /**
     * The end of a change of leader.
     *
     * @param at when it was seen
     * @param outcome what it was
     */
    public record End(Instant at, Outcome outcome) {}

    public Failover {
        if (reached.isEmpty()) {
            throw new IllegalArgumentException("a failover begins with a phase");
        }
        reached = inOrder(reached);
        notYet = notYet.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(notYet));
    }

    public static Failover begun(
            String oldLeader,
            Optional<Timeline> from,
            Phase phase,
            Instant at,
            Optional<Instant> notYet,
            Optional<TimeBounds> trouble) {
        return new Failover(
                oldLeader,
                Optional.empty(),
                from,
                Optional.empty(),
                Map.of(phase, at),
                Optional.empty(),
                trouble,
                notYet.map(before -> Map.of(phase, before)).orElse(Map.of()),
                Optional.empty());
    }

    /**
     * Makes each implied phase no later than the phase that implies it, since they may be seen in another order: the
     * probe may write to the new leader before {@code /cluster} names it.
     */
    private static Map<Phase, Instant> inOrder(Map<Phase, Instant> seen) {
        Map<Phase, Instant> all = new EnumMap<>(seen);
        for (Phase phase : Phase.values()) {
            if (all.containsKey(phase)) {
                implied(phase, all)
                        .forEach(sooner -> all.computeIfPresent(
                                sooner, (known, at) -> at.isAfter(all.get(phase)) ? all.get(phase) : at));
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * The phases that this one implies. A first write implies none before the promotion, since the old leader may
     * have taken it.
     */
    private static Set<Phase> implied(Phase phase, Map<Phase, Instant> reached) {
        return switch (phase) {
            case NEW_LEADER, PROMOTED -> CHANGED;
            case REPLICAS_STREAMING, OLD_LEADER_BACK -> TAKEN_OVER;
            case FIRST_WRITE -> reached.containsKey(Phase.PROMOTED) ? TAKEN_OVER : Set.of();
            case FAULT, LEADER_STOPPING, LEADER_LOST, LOCK_RELEASED, PROXY_ROUTES, POOL_SERVES -> Set.of();
        };
    }

    /**
     * The bounds of the beginning, since most beginnings lie between two answers. The time of patop's own fault is
     * exact.
     */
    public TimeBounds beginning() {
        Instant first = Collections.min(reached.values());
        if (trouble.isEmpty() || beginsWithFault()) {
            return TimeBounds.exactly(first);
        }
        Instant by =
                first.isBefore(trouble.get().notAfter()) ? first : trouble.get().notAfter();
        return new TimeBounds(trouble.get().notBefore(), by);
    }

    /** The earliest possible beginning. Measuring from it makes no outage too short. */
    public Instant began() {
        return beginning().notBefore();
    }

    /** When the latest phase was reached. */
    public Instant lastPhaseAt() {
        return Collections.max(reached.values());
    }

    /** When that phase was reached. */
    public Optional<Instant> at(Phase phase) {
        return Optional.ofNullable(reached.get(phase));
    }

    /** What happened to whom, as text: {@code failover of patroni1 to patroni2}. */
    public String text() {
        return outcome().text() + " of " + oldLeader
                + newLeader.map(name -> " to " + name).orElse("");
    }

    /** The time from the beginning to the phase. */
    public Optional<MeasuredDuration> until(Phase phase) {
        return bounds(phase).map(this::until);
    }

    /** The time from the beginning to that time. */
    public MeasuredDuration until(Instant at) {
        return until(TimeBounds.exactly(at));
    }

    /** The time from the beginning to something that happened between these two times. */
    public MeasuredDuration until(TimeBounds at) {
        MeasuredDuration known = MeasuredDuration.between(beginning(), at);
        return isBeginningMissed() ? MeasuredDuration.atLeast(known.least()) : known;
    }

    private boolean isBeginningMissed() {
        return trouble.isEmpty() && !beginsWithFault();
    }

    private boolean beginsWithFault() {
        return reached.containsKey(Phase.FAULT) && reached.get(Phase.FAULT).equals(Collections.min(reached.values()));
    }

    /**
     * The times between which the phase was reached: after it was last known not to be, and after the phase that must
     * come before it. A fault and a first write are patop's own, so their times are exact.
     */
    public Optional<TimeBounds> bounds(Phase phase) {
        return at(phase).map(at -> switch (phase) {
            case FAULT, POOL_SERVES, FIRST_WRITE -> TimeBounds.exactly(at);
            case LEADER_STOPPING, LEADER_LOST -> between(notYet(phase).orElse(began()), at);
            case LOCK_RELEASED, NEW_LEADER -> between(notYet(phase).orElseGet(this::firstSign), at);
            case PROMOTED, PROXY_ROUTES -> between(notYet(phase).orElseGet(() -> after(Phase.NEW_LEADER)), at);
            case REPLICAS_STREAMING, OLD_LEADER_BACK ->
                between(notYet(phase).orElseGet(() -> after(Phase.PROMOTED)), at);
        });
    }

    /** The bounds; if what said "not yet" was old when it was told, the phase may be as old as the failover. */
    private TimeBounds between(Instant notYet, Instant at) {
        return new TimeBounds(notYet.isAfter(at) ? firstSign() : notYet, at);
    }

    private Instant after(Phase before) {
        return bounds(before).map(TimeBounds::notBefore).orElseGet(this::firstSign);
    }

    private Instant firstSign() {
        return beginning().notAfter();
    }

    private Optional<Instant> notYet(Phase phase) {
        return Optional.ofNullable(notYet.get(phase));
    }

    /** Whether the cluster has a promoted leader and all live replicas stream again. */
    public boolean isServed() {
        return reached.containsKey(Phase.PROMOTED) && reached.containsKey(Phase.REPLICAS_STREAMING);
    }

    /**
     * The outcome so far. It is a switchover if the old leader handed over: its API was not lost before the new leader
     * led, and it did not give up by itself.
     */
    public Outcome outcome() {
        if (end.isPresent()) {
            return end.get().outcome();
        }
        if (from.isPresent() && to.filter(from.get()::isAfter).isPresent()) {
            return Outcome.WENT_BACK;
        }
        return reached.containsKey(Phase.NEW_LEADER)
                        && !reached.containsKey(Phase.LEADER_LOST)
                        && selfDemotion.isEmpty()
                ? Outcome.SWITCHOVER
                : Outcome.FAILOVER;
    }

    /**
     * The failover with a phase that was reached at that time. What is noted after patop's own fault did not come before
     * it: a request that the fault broke off is dated when it was asked.
     */
    public Failover with(Phase phase, Instant at) {
        if (reached.containsKey(phase)) {
            return this;
        }
        Map<Phase, Instant> more = new EnumMap<>(reached);
        more.put(phase, at(Phase.FAULT).filter(at::isBefore).orElse(at));
        return with(more);
    }

    /** The failover with a phase that was known not to be reached at that time; of several times the last counts. */
    public Failover withNotYet(Phase phase, Instant at) {
        if (reached.containsKey(phase)
                || notYet(phase).filter(known -> !at.isAfter(known)).isPresent()) {
            return this;
        }
        Map<Phase, Instant> more = new EnumMap<>(Phase.class);
        more.putAll(notYet);
        more.put(phase, at);
        return withAllNotYet(more);
    }

    private Failover withAllNotYet(Map<Phase, Instant> all) {
        return new Failover(oldLeader, newLeader, from, to, reached, end, trouble, all, selfDemotion);
    }

    public Failover without(Phase phase) {
        Map<Phase, Instant> fewer = new EnumMap<>(reached);
        fewer.remove(phase);
        return fewer.isEmpty() ? this : with(fewer);
    }

    private Failover with(Map<Phase, Instant> phases) {
        return new Failover(oldLeader, newLeader, from, to, phases, end, trouble, notYet, selfDemotion);
    }

    /** The failover without its new leader, which gave up or died before its promotion. */
    public Failover withoutNewLeader() {
        Map<Phase, Instant> kept = new EnumMap<>(Phase.class);
        notYet(Phase.LOCK_RELEASED).ifPresent(at -> kept.put(Phase.LOCK_RELEASED, at));
        return new Failover(oldLeader, Optional.empty(), from, to, reached, end, trouble, kept, selfDemotion)
                .without(Phase.PROXY_ROUTES)
                .without(Phase.NEW_LEADER);
    }

    public Failover withNewLeader(String name) {
        return new Failover(oldLeader, Optional.of(name), from, to, reached, end, trouble, notYet, selfDemotion);
    }

    public Failover withTo(Timeline timeline) {
        return new Failover(
                oldLeader, newLeader, from, Optional.of(timeline), reached, end, trouble, notYet, selfDemotion);
    }

    /** The failover of a leader that gave up by itself; of several reasons the first counts. */
    public Failover withSelfDemotion(SelfDemotion why) {
        return new Failover(
                oldLeader, newLeader, from, to, reached, end, trouble, notYet, Optional.of(selfDemotion.orElse(why)));
    }

    public Failover ended(Instant at, Outcome outcome) {
        return new Failover(
                oldLeader,
                newLeader,
                from,
                to,
                reached,
                Optional.of(new End(at, outcome)),
                trouble,
                notYet,
                selfDemotion);
    }
}
