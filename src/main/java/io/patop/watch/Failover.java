package io.patop.watch;

import io.patop.cluster.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One change of leader, or an attempt at it, as a stopwatch with phases.
 *
 * @param oldLeader who led before
 * @param newLeader who leads after, once that is known
 * @param from the timeline before
 * @param to the timeline after, once that is known
 * @param reached the phases, each with the time at which it was first seen
 * @param end how it ended; empty while it runs
 */
public record Failover(
        String oldLeader,
        Optional<String> newLeader,
        Optional<Timeline> from,
        Optional<Timeline> to,
        Map<Phase, Instant> reached,
        Optional<End> end) {

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
        /** Nobody watched it to its end. */
        UNWATCHED("change that nobody watched to its end");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** The outcome in a word or two. */
        public String words() {
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
        reached = Collections.unmodifiableMap(new EnumMap<>(reached));
        Objects.requireNonNull(end, "end");
    }

    static Failover begun(String oldLeader, Optional<Timeline> from, Phase phase, Instant at) {
        return new Failover(oldLeader, Optional.empty(), from, Optional.empty(), Map.of(phase, at), Optional.empty());
    }

    /** When the first phase was seen. */
    public Instant began() {
        return Collections.min(reached.values());
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
    public Optional<Duration> until(Phase phase) {
        return at(phase).map(at -> Duration.between(began(), at));
    }

    /** Whether the cluster has a promoted leader and all live replicas stream again. */
    public boolean isServed() {
        return reached.containsKey(Phase.PROMOTED) && reached.containsKey(Phase.REPLICAS_STREAMING);
    }

    /** What it is so far: a switchover if the old leader's API answered until another led. */
    public Outcome outcome() {
        if (end.isPresent()) {
            return end.get().outcome();
        }
        if (from.isPresent() && to.filter(from.get()::isAfter).isPresent()) {
            return Outcome.WENT_BACK;
        }
        return reached.containsKey(Phase.NEW_LEADER) && !reached.containsKey(Phase.LEADER_LOST)
                ? Outcome.SWITCHOVER
                : Outcome.FAILOVER;
    }

    Failover with(Phase phase, Instant at) {
        if (reached.containsKey(phase)) {
            return this;
        }
        Map<Phase, Instant> more = new EnumMap<>(reached);
        more.put(phase, at);
        return new Failover(oldLeader, newLeader, from, to, more, end);
    }

    Failover without(Phase phase) {
        Map<Phase, Instant> fewer = new EnumMap<>(reached);
        fewer.remove(phase);
        return fewer.isEmpty() ? this : new Failover(oldLeader, newLeader, from, to, fewer, end);
    }

    /** Who took over gave up before it was promoted, and the old leader leads on. */
    Failover withoutNewLeader() {
        return new Failover(oldLeader, Optional.empty(), from, to, reached, end).without(Phase.NEW_LEADER);
    }

    Failover withNewLeader(String name) {
        return new Failover(oldLeader, Optional.of(name), from, to, reached, end);
    }

    Failover withTo(Timeline timeline) {
        return new Failover(oldLeader, newLeader, from, Optional.of(timeline), reached, end);
    }

    Failover ended(Instant at, Outcome outcome) {
        return new Failover(oldLeader, newLeader, from, to, reached, Optional.of(new End(at, outcome)));
    }
}
