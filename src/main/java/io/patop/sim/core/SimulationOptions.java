package io.patop.sim.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The options of a simulated cluster. {@link #defaults()} is a healthy cluster of three nodes with Patroni's own
 * defaults; each {@code with…} method changes one option.
 *
 * @param nodes number of nodes, 1 to 1000
 * @param scope the cluster's name; members are {@code patroni1…} whatever it is
 * @param versions Patroni versions of the nodes, in turn: a list of two makes a mixed cluster
 * @param speed factor by which its time runs faster than the real clock: 0.01 to 1000
 * @param seed seed of its random numbers: the same seed and faults give the same run
 * @param ttl lifetime of the leader's and the members' keys, at least 1 s
 * @param loopWait time between two runs of the HA loop, at least 1 s
 * @param retryTimeout how long Patroni tries to reach the DCS, at least 1 s
 * @param maximumLagOnFailover bytes that a new leader may be behind
 * @param synchronous whether commits wait for standbys
 * @param failsafe whether the leader may go on without the DCS while all members answer it
 * @param tags tags of the members by name, e.g. {@code patroni3 → nofailover → true}
 * @param walRate bytes that the application writes each second
 * @param mistake a mistake that the cluster has on purpose
 */
public record SimulationOptions(
        int nodes,
        String scope,
        List<SimulatedPatroni> versions,
        double speed,
        long seed,
        Duration ttl,
        Duration loopWait,
        Duration retryTimeout,
        long maximumLagOnFailover,
        Synchronous synchronous,
        boolean failsafe,
        Map<String, Map<String, String>> tags,
        long walRate,
        Optional<SeededMistake> mistake) {

    /** Patroni's synchronous_mode. */
    public enum Synchronous {
        /** Commits do not wait. */
        OFF,
        /** Commits wait for one standby while there is one. */
        ON,
        /** Commits wait for one standby, and block while there is none. */
        STRICT,
        /** Commits wait for any one of all standbys (4.x). */
        QUORUM
    }

    /** Returns three nodes of 3.0.2 at real speed, ttl 30 s, loop_wait 10 s, asynchronous. */
    public static SimulationOptions defaults() {
        return new SimulationOptions(
                3,
                "patroni",
                List.of(SimulatedPatroni.V3_0_2),
                1,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                1L << 20,
                Synchronous.OFF,
                false,
                Map.of(),
                8 << 10,
                Optional.empty());
    }

    public SimulationOptions {
        versions = List.copyOf(versions);
        tags = Map.copyOf(tags);
    }

    /**
     * Checks the ranges.
     *
     * @throws SimulationException with one line on the first option that is out of its range
     */
    public void validate() throws SimulationException {
        check(nodes >= 1 && nodes <= 1000, "nodes: 1 to 1000, not " + nodes);
        check(speed >= 0.01 && speed <= 1000, "speed: 0.01 to 1000, not " + speed);
        check(!scope.isBlank(), "scope: a cluster has a name");
        check(!versions.isEmpty(), "versions: at least one of " + SimulatedPatroni.known());
        atLeastASecond("ttl", ttl);
        atLeastASecond("loop_wait", loopWait);
        atLeastASecond("retry_timeout", retryTimeout);
        check(
                loopWait.plus(retryTimeout.multipliedBy(2)).compareTo(ttl) <= 0,
                "ttl: Patroni wants loop_wait + 2 * retry_timeout <= ttl, not " + loopWait.toSeconds() + " + 2 * "
                        + retryTimeout.toSeconds() + " > " + ttl.toSeconds());
        check(maximumLagOnFailover >= 0, "maximum_lag_on_failover: 0 or more, not " + maximumLagOnFailover);
        check(walRate >= 0 && walRate <= 1L << 30, "wal rate: 0 to 1 GiB a second, not " + walRate);
        check(
                synchronous != Synchronous.QUORUM || versions.stream().allMatch(SimulatedPatroni::isAtLeast4),
                "synchronous: quorum needs Patroni 4");
        for (String member : tags.keySet()) {
            check(memberNames().contains(member), "tags: no member " + member + ", only " + memberNames());
        }
    }

    private static void atLeastASecond(String name, Duration value) throws SimulationException {
        check(value.toMillis() >= 1000, name + ": at least 1 s, not " + value.toMillis() + " ms");
    }

    private static void check(boolean right, String message) throws SimulationException {
        if (!right) {
            throw new SimulationException(message);
        }
    }

    /** Returns {@code patroni1…}, in order. */
    List<String> memberNames() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> "patroni" + number)
                .toList();
    }

    public SimulationOptions withNodes(int value) {
        return with(draft -> draft.nodes = value);
    }

    public SimulationOptions withScope(String value) {
        return with(draft -> draft.scope = value);
    }

    /** Sets the versions of the nodes, in turn. */
    public SimulationOptions withVersions(SimulatedPatroni... value) {
        return with(draft -> draft.versions = List.of(value));
    }

    public SimulationOptions withSpeed(double value) {
        return with(draft -> draft.speed = value);
    }

    public SimulationOptions withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    /** Sets Patroni's three times. */
    public SimulationOptions withTiming(Duration newTtl, Duration newLoopWait, Duration newRetryTimeout) {
        return with(draft -> {
            draft.ttl = newTtl;
            draft.loopWait = newLoopWait;
            draft.retryTimeout = newRetryTimeout;
        });
    }

    /** Sets the limit in bytes. */
    public SimulationOptions withMaximumLagOnFailover(long value) {
        return with(draft -> draft.maximumLagOnFailover = value);
    }

    public SimulationOptions withSynchronous(Synchronous value) {
        return with(draft -> draft.synchronous = value);
    }

    public SimulationOptions withFailsafe(boolean value) {
        return with(draft -> draft.failsafe = value);
    }

    /** Sets the tags by member. */
    public SimulationOptions withTags(Map<String, Map<String, String>> value) {
        return with(draft -> draft.tags = value);
    }

    /** Sets the bytes that the application writes each second. */
    public SimulationOptions withWalRate(long value) {
        return with(draft -> draft.walRate = value);
    }

    public SimulationOptions withMistake(SeededMistake value) {
        return with(draft -> draft.mistake = Optional.of(value));
    }

    /** Returns whether the cluster has this mistake. */
    boolean has(SeededMistake one) {
        return mistake.filter(one::equals).isPresent();
    }

    private SimulationOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** A mutable copy, while one option is being changed. */
    private static final class Draft {

        private int nodes;
        private String scope;
        private List<SimulatedPatroni> versions;
        private double speed;
        private long seed;
        private Duration ttl;
        private Duration loopWait;
        private Duration retryTimeout;
        private long maximumLagOnFailover;
        private Synchronous synchronous;
        private boolean failsafe;
        private Map<String, Map<String, String>> tags;
        private long walRate;
        private Optional<SeededMistake> mistake;

        Draft(SimulationOptions from) {
            nodes = from.nodes;
            scope = from.scope;
            versions = from.versions;
            speed = from.speed;
            seed = from.seed;
            ttl = from.ttl;
            loopWait = from.loopWait;
            retryTimeout = from.retryTimeout;
            maximumLagOnFailover = from.maximumLagOnFailover;
            synchronous = from.synchronous;
            failsafe = from.failsafe;
            tags = from.tags;
            walRate = from.walRate;
            mistake = from.mistake;
        }

        SimulationOptions options() {
            return new SimulationOptions(
                    nodes,
                    scope,
                    versions,
                    speed,
                    seed,
                    ttl,
                    loopWait,
                    retryTimeout,
                    maximumLagOnFailover,
                    synchronous,
                    failsafe,
                    tags,
                    walRate,
                    mistake);
        }
    }
}
