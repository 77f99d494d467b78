package io.patop.watch.model;

import io.patop.cluster.Timeline;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One change of leader, or an attempt at it, as a stopwatch with phases.
 *
 * @param oldLeader who led before
 * @param newLeader who leads after, once that is known
 * @param from the timeline before
 * @param to the timeline after, once that is known
 * @param reached the phases, each with the time at which it had been reached at the latest. A phase that another
 *     implies is never later than it
 * @param end how it ended; empty while it runs
 * @param trouble when the old leader ceased to be well; empty where only the phases tell
 * @param unpromotedAt when the new leader last said that it is no primary yet
 * @param dcsLostAt when the DCS was lost in the course of it
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

    /** What it turned out to be. */
    public enum Outcome {
        /** The leader went away and another took over. */
        FAILOVER("failover"),
        /** The leader handed over while its API went on answering. */
        SWITCHOVER("switchover"),
        /** The same leader came back on a new timeline. */
        LEADER_RESTART("leader restart"),
        /** The same leader answers again, on the same timeline. */
        FALSE_ALARM("no failover"),
        /** One that had led before took over again, on a timeline older than that of the one it took over from. */
        WENT_BACK("return to an older timeline"),
        /** It became a standby cluster. */
        CLUSTER_DEMOTED("demotion of the cluster"),
        /** It is no standby cluster any more. */
        CLUSTER_PROMOTED("promotion of the cluster"),
        /** Nobody watched it to its end. */
        UNWATCHED("change that nobody watched to its end");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** The outcome in a word or two. */
        public String text() {
            return words;
        }
    }

    /**
     * The end.
     *
     * @param at when it was seen
     * @param outcome what it was
     */
    public record End(Instant at, Outcome outcome) {}

    /** Copies the phases and refuses none. */
    public Failover {
        Objects.requireNonNull(oldLeader, "oldLeader");
        Objects.requireNonNull(newLeader, "newLeader");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (reached.isEmpty()) {
            throw new IllegalArgumentException("a failover begins with a phase");
        }
        reached = inOrder(reached);
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(trouble, "trouble");
        Objects.requireNonNull(unpromotedAt, "unpromotedAt");
        Objects.requireNonNull(dcsLostAt, "dcsLostAt");
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

    /** What implies another phase may be seen before it: the probe writes to the new leader before /cluster names it. */
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

    /** Before anybody is promoted, a first write may still be the old leader's. */
    private static Set<Phase> implied(Phase phase, Map<Phase, Instant> reached) {
        return switch (phase) {
            case NEW_LEADER, PROMOTED -> CHANGED;
            case REPLICAS_STREAMING, OLD_LEADER_BACK -> TAKEN_OVER;
            case FIRST_WRITE -> reached.containsKey(Phase.PROMOTED) ? TAKEN_OVER : Set.of();
            case FAULT, LEADER_STOPPING, LEADER_LOST, LOCK_RELEASED, PROXY_ROUTES -> Set.of();
        };
    }

    /** When it began: bounds, since most beginnings lie between two answers. Our own fault is known to the moment. */
    public TimeBounds beginning() {
        Instant first = Collections.min(reached.values());
        if (trouble.isEmpty() || (reached.containsKey(Phase.FAULT) && first.equals(reached.get(Phase.FAULT)))) {
            return TimeBounds.exactly(first);
        }
        Instant by =
                first.isBefore(trouble.get().notAfter()) ? first : trouble.get().notAfter();
        return new TimeBounds(trouble.get().notBefore(), by);
    }

    /** The earliest time at which it can have begun: by it no outage is measured too short. */
    public Instant began() {
        return beginning().notBefore();
    }

    /** When the last phase so far was seen. */
    public Instant lastPhaseAt() {
        return Collections.max(reached.values());
    }

    /** When the phase was reached. */
    public Optional<Instant> at(Phase phase) {
        return Optional.ofNullable(reached.get(phase));
    }

    /** From the beginning to the phase. */
    public Optional<MeasuredDuration> until(Phase phase) {
        return at(phase).map(at -> MeasuredDuration.between(beginning(), bounds(phase, at)));
    }

    /** From the beginning until then. */
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

    /** What it is so far: a switchover if the old leader's API answered until another led, and the DCS too. */
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

    /** Who took over gave up before it was promoted, and the old leader leads on. */
    public Failover withoutNewLeader() {
        return new Failover(oldLeader, Optional.empty(), from, to, reached, end, trouble, Optional.empty(), dcsLostAt)
                .without(Phase.NEW_LEADER);
    }

    public Failover withNewLeader(String name) {
        return new Failover(oldLeader, Optional.of(name), from, to, reached, end, trouble, unpromotedAt, dcsLostAt);
    }

    public Failover withTo(Timeline timeline) {
        return new Failover(
                oldLeader, newLeader, from, Optional.of(timeline), reached, end, trouble, unpromotedAt, dcsLostAt);
    }

    /** The new leader is no primary yet. */
    public Failover withUnpromoted(Instant at) {
        return reached.containsKey(Phase.PROMOTED)
                ? this
                : new Failover(oldLeader, newLeader, from, to, reached, end, trouble, Optional.of(at), dcsLostAt);
    }

    /** The leader gave up because it lost the DCS: no switchover, though its API went on answering. */
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
