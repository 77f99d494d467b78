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
 * @param trouble when the old leader stopped being well; empty if only the phases are known
 * @param unpromotedAt when the new leader last said that it is no primary yet
 * @param dcsLostAt when the DCS was lost during the change
 */
public record Failover(
        String oldLeader,
        Optional<String> newLeader,
        Optional<Timeline> from,
        Optional<Timeline> to,
        Map<Phase, Instant> reached,
        Optional<End> end,
        Optional<TimeBounds> trouble,
        Optional<Instant> unpromotedAt,
        Optional<Instant> dcsLostAt) {

    private static final Set<Phase> CHANGED = EnumSet.of(Phase.LOCK_RELEASED, Phase.NEW_LEADER);
    private static final Set<Phase> TAKEN_OVER = EnumSet.of(Phase.LOCK_RELEASED, Phase.NEW_LEADER, Phase.PROMOTED);

    /** The outcomes of a change of leader. */
    public enum Outcome {
        /** The leader failed and another member took over. */
        FAILOVER("failover"),
        /** The leader handed over while its API kept answering. */
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
    }

    public static Failover begun(
            String oldLeader, Optional<Timeline> from, Phase phase, Instant at, TimeBounds trouble) {
        return new Failover(
                oldLeader,
                Optional.empty(),
                from,
                Optional.empty(),
                Map.of(phase, at),
                Optional.empty(),
                Optional.of(trouble),
                Optional.empty(),
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
            case FAULT, LEADER_STOPPING, LEADER_LOST, LOCK_RELEASED, PROXY_ROUTES -> Set.of();
        };
    }

    /**
     * The bounds of the beginning, since most beginnings lie between two answers. The time of patop's own fault is
     * exact.
     */
    public TimeBounds beginning() {
        Instant first = Collections.min(reached.values());
        if (trouble.isEmpty() || (reached.containsKey(Phase.FAULT) && first.equals(reached.get(Phase.FAULT)))) {
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

    /** The time from the beginning to the phase. */
    public Optional<MeasuredDuration> until(Phase phase) {
        return at(phase).map(at -> MeasuredDuration.between(beginning(), bounds(phase, at)));
    }

    /** The time from the beginning to that time. */
    public MeasuredDuration until(Instant at) {
        return MeasuredDuration.between(beginning(), at);
    }

    private TimeBounds bounds(Phase phase, Instant at) {
        return phase == Phase.PROMOTED && unpromotedAt.isPresent()
                ? new TimeBounds(unpromotedAt.get(), at)
                : TimeBounds.exactly(at);
    }

    /** Whether the cluster has a promoted leader and all live replicas stream again. */
    public boolean isServed() {
        return reached.containsKey(Phase.PROMOTED) && reached.containsKey(Phase.REPLICAS_STREAMING);
    }

    /**
     * The outcome so far. It is a switchover if the old leader's API and the DCS were not lost before the new leader
     * led.
     */
    public Outcome outcome() {
        if (end.isPresent()) {
            return end.get().outcome();
        }
        if (from.isPresent() && to.filter(from.get()::isAfter).isPresent()) {
            return Outcome.WENT_BACK;
        }
        return reached.containsKey(Phase.NEW_LEADER) && !reached.containsKey(Phase.LEADER_LOST) && dcsLostAt.isEmpty()
                ? Outcome.SWITCHOVER
                : Outcome.FAILOVER;
    }

    public Failover with(Phase phase, Instant at) {
        if (reached.containsKey(phase)) {
            return this;
        }
        Map<Phase, Instant> more = new EnumMap<>(reached);
        more.put(phase, at);
        return with(more);
    }

    public Failover without(Phase phase) {
        Map<Phase, Instant> fewer = new EnumMap<>(reached);
        fewer.remove(phase);
        return fewer.isEmpty() ? this : with(fewer);
    }

    private Failover with(Map<Phase, Instant> phases) {
        return new Failover(oldLeader, newLeader, from, to, phases, end, trouble, unpromotedAt, dcsLostAt);
    }

    /** The failover without its new leader, which gave up or died before its promotion. */
    public Failover withoutNewLeader() {
        return new Failover(oldLeader, Optional.empty(), from, to, reached, end, trouble, Optional.empty(), dcsLostAt)
                .without(Phase.PROXY_ROUTES)
                .without(Phase.NEW_LEADER);
    }

    public Failover withNewLeader(String name) {
        return new Failover(oldLeader, Optional.of(name), from, to, reached, end, trouble, unpromotedAt, dcsLostAt);
    }

    public Failover withTo(Timeline timeline) {
        return new Failover(
                oldLeader, newLeader, from, Optional.of(timeline), reached, end, trouble, unpromotedAt, dcsLostAt);
    }

    /** The failover with the time at which the new leader was last seen not to be primary yet. */
    public Failover withUnpromoted(Instant at) {
        return reached.containsKey(Phase.PROMOTED)
                ? this
                : new Failover(oldLeader, newLeader, from, to, reached, end, trouble, Optional.of(at), dcsLostAt);
    }

    /**
     * The failover with the time at which the leader gave up because the DCS was lost: it is no switchover then,
     * although the leader's API kept answering.
     */
    public Failover withDcsLost(Instant at) {
        return new Failover(
                oldLeader, newLeader, from, to, reached, end, trouble, unpromotedAt, Optional.of(dcsLostAt.orElse(at)));
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
                unpromotedAt,
                dcsLostAt);
    }
}
