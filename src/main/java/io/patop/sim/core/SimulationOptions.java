package io.patop.sim.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How a simulated cluster is to be. {@link #defaults()} is a calm cluster of three nodes with Patroni's own
 * defaults; the {@code with…} methods change one thing each.
 *
 * @param nodes how many, 1 to 1000
 * @param scope the cluster's name; members are {@code patroni1…} whatever it is
 * @param versions of the nodes, in turn: a list of two makes a mixed cluster
 * @param speed how much faster than the real clock its time runs: 0.01 to 1000
 * @param seed of its chance: the same seed and faults give the same course
 * @param ttl of the leader's and the members' keys, at least 1 s
 * @param loopWait between two runs of the HA loop, at least 1 s
 * @param retryTimeout how long Patroni tries to reach the DCS, at least 1 s
 * @param maximumLagOnFailover bytes that a new leader may be behind
 * @param synchronous whether commits wait for standbys
 * @param failsafe whether the leader may go on without the DCS while all members answer it
 * @param tags of the members by name, e.g. {@code patroni3 → nofailover → true}
 * @param walRate bytes that the application writes each second
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
        long walRate) {

    /** Patroni's synchronous_mode. */
    public enum Synchronous {
        /** Commits do not wait. */
        OFF,
        /** They wait for one standby while there is one. */
        ON,
        /** They wait for one standby, and block while there is none. */
        STRICT,
        /** They wait for any one of all standbys (4.x). */
        QUORUM
    }

    /** Three nodes of 3.0.2 at real speed, ttl 30 s, loop_wait 10 s, asynchronous. */
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
                8 << 10);
    }

    /** Keeps its own copies. */
    public SimulationOptions {
        versions = List.copyOf(versions);
        tags = Map.copyOf(tags);
    }

    /**
     * Checks the ranges.
     *
     * @throws SimulationException with one line on the first that is wrong
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

    /** {@code patroni1…}, in order. */
    List<String> memberNames() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> "patroni" + number)
                .toList();
    }

    /** With so many nodes. */
    public SimulationOptions withNodes(int value) {
        return with(draft -> draft.nodes = value);
    }

    /** With another cluster's name. */
    public SimulationOptions withScope(String value) {
        return with(draft -> draft.scope = value);
    }

    /** With these releases in turn. */
    public SimulationOptions withVersions(SimulatedPatroni... value) {
        return with(draft -> draft.versions = List.of(value));
    }

    /** With a clock that runs so much faster. */
    public SimulationOptions withSpeed(double value) {
        return with(draft -> draft.speed = value);
    }

    /** With another course of chance. */
    public SimulationOptions withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    /** With Patroni's three times. */
    public SimulationOptions withTiming(Duration newTtl, Duration newLoopWait, Duration newRetryTimeout) {
        return with(draft -> {
            draft.ttl = newTtl;
            draft.loopWait = newLoopWait;
            draft.retryTimeout = newRetryTimeout;
        });
    }

    /** With this limit in bytes. */
    public SimulationOptions withMaximumLagOnFailover(long value) {
        return with(draft -> draft.maximumLagOnFailover = value);
    }

    /** With this synchronous mode. */
    public SimulationOptions withSynchronous(Synchronous value) {
        return with(draft -> draft.synchronous = value);
    }

    /** With or without failsafe mode. */
    public SimulationOptions withFailsafe(boolean value) {
        return with(draft -> draft.failsafe = value);
    }

    /** With these tags, by member. */
    public SimulationOptions withTags(Map<String, Map<String, String>> value) {
        return with(draft -> draft.tags = value);
    }

    /** With an application that writes so many bytes a second. */
    public SimulationOptions withWalRate(long value) {
        return with(draft -> draft.walRate = value);
    }

    private SimulationOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The same while one thing is being changed. */
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
                    walRate);
        }
    }
}
