package io.patop.sim.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * WAL on its way: the application writes it and each standby receives it, every {@link #STEP}. Commits that wait for
 * a standby are told when the standby has them.
 */
public final class Replication {
    /** Milliseconds between two steps. */
    static final long STEP = 50;

    /** Bytes that a slow standby takes in a step: 320 bytes a second. */
    private static final long SLOW_BYTES_A_STEP = 16;

    /** WAL records begin at multiples of eight bytes. */
    private static final long ALIGNMENT = 8;

    private static final long RETRY = 5000;

    /** How often a disk that lies about fsync really writes. */
    private static final long SYNC_EVERY = 5000;

    private final Simulation world;
    private final List<Waiting> waiting = new ArrayList<>();
    private final long walRate;
    private double fraction;

    private record Waiting(Node primary, long position, int timeline, Runnable acknowledged) {}

    Replication(Simulation world, long walRate) {
        this.world = world;
        this.walRate = walRate;
    }

    void begin() {
        world.agenda().after(STEP, this::step);
    }

    private void step() {
        write();
        for (Node node : world.nodes()) {
            receive(node);
        }
        if (world.now() % SYNC_EVERY < STEP) {
            world.nodes().forEach(node -> node.postgres.synced());
        }
        acknowledge();
        world.endSessions();
        world.agenda().after(STEP, this::step);
    }

    private void write() {
        fraction += walRate * (STEP / 1000.0);
        long bytes = (long) fraction / ALIGNMENT * ALIGNMENT;
        fraction -= bytes;
        for (Node node : world.nodes()) {
            Postgres postgres = node.postgres;
            boolean writable =
                    postgres.isPrimary() && postgres.isOpen() && !node.isFrozen() && postgres.role.equals("primary");
            if (writable && bytes > 0 && isAcknowledged(node, postgres.position)) {
                postgres.position += bytes;
            }
        }
    }

    /** Gives the node what would have arrived by now, without waiting for the next step. */
    void catchUp(Node node) {
        if (node.postgres.streaming && !node.slow) {
            receive(node);
        }
    }

    private void receive(Node node) {
        Postgres postgres = node.postgres;
        if (!postgres.running || !postgres.inRecovery || node.isFrozen()) {
            return;
        }
        Optional<Node> source = postgres.upstream.map(world::node).filter(upstream -> canSend(upstream, node));
        if (source.isEmpty()) {
            boolean silent =
                    postgres.upstream.map(world::node).filter(Node::isFrozen).isPresent();
            postgres.streaming = postgres.streaming && silent;
            return;
        }
        if (!postgres.streaming) {
            connect(postgres, source.orElseThrow().postgres);
        }
        if (postgres.streaming) {
            long bytes = node.slow ? SLOW_BYTES_A_STEP : Long.MAX_VALUE / 4;
            postgres.receive(source.orElseThrow().postgres, bytes, world.now());
        }
    }

    private boolean canSend(Node upstream, Node node) {
        return upstream.postgres.running && !upstream.isFrozen() && world.reachesDatabase(node, upstream);
    }

    /**
     * Tries to connect, as wal_retrieve_retry_interval says: a standby that lost its upstream tries every five
     * seconds.
     */
    private void connect(Postgres postgres, Postgres source) {
        if (world.now() < postgres.retryAt) {
            return;
        }
        if (source.timeline < postgres.timeline || postgres.isDivergedFrom(source)) {
            postgres.retryAt = world.now() + RETRY;
        } else {
            postgres.streaming = true;
        }
    }

    /** Sends everything to the standbys that stream, for which a clean shutdown waits. */
    void flush(Node primary) {
        for (Node node : world.nodes()) {
            boolean follows =
                    node.postgres.upstream.filter(primary.name::equals).isPresent();
            if (follows
                    && node.postgres.streaming
                    && !node.isFrozen()
                    && !node.slow
                    && world.reachesDatabase(node, primary)) {
                node.postgres.receive(primary.postgres, Long.MAX_VALUE / 4, world.now());
            }
        }
        acknowledge();
    }

    /** Calls {@code acknowledged} when a commit at {@code position} is as durable as the primary's settings want. */
    public void whenAcknowledged(Node primary, long position, Runnable acknowledged) {
        waiting.add(new Waiting(primary, position, primary.postgres.timeline, acknowledged));
        acknowledge();
    }

    /**
     * Returns the positions of the commits on this primary that still wait: no other session sees what they wrote. A
     * restart of PostgreSQL ends the waiting, and then all see it.
     */
    public Set<Long> unacknowledged(Node primary) {
        return waiting.stream()
                .filter(commit -> commit.primary() == primary
                        && primary.postgres.isPrimary()
                        && commit.timeline() == primary.postgres.timeline)
                .map(Waiting::position)
                .collect(Collectors.toSet());
    }

    private void acknowledge() {
        List<Waiting> done = waiting.stream()
                .filter(commit -> commit.primary().postgres.isPrimary()
                        && !commit.primary().isFrozen()
                        && commit.primary().postgres.timeline == commit.timeline()
                        && isAcknowledged(commit.primary(), commit.position()))
                .toList();
        waiting.removeAll(done);
        waiting.removeIf(commit -> !commit.primary().postgres.isPrimary());
        done.forEach(commit -> commit.acknowledged().run());
    }

    private boolean isAcknowledged(Node primary, long position) {
        if (world.options().has(SeededMistake.LYING_SYNC)) {
            return true;
        }
        Postgres postgres = primary.postgres;
        return switch (postgres.commit) {
            case LOCAL -> true;
            case STANDBY ->
                postgres.synchronousStandbys.stream()
                        .map(world::node)
                        .anyMatch(standby -> hasReceived(standby, primary, position));
            case ANY -> world.nodes().stream().anyMatch(standby -> hasReceived(standby, primary, position));
        };
    }

    private static boolean hasReceived(Node standby, Node primary, long position) {
        return standby.postgres.streaming
                && standby.postgres.upstream.filter(primary.name::equals).isPresent()
                && standby.postgres.timeline == primary.postgres.timeline
                && standby.postgres.reach() >= position;
    }
}
