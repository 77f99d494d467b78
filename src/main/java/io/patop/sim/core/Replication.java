package io.patop.sim.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * WAL on its way: the application's writes, and what each standby receives, every {@link #STEP}. Commits that
 * wait for a standby are told when it has them.
 */
public final class Replication {
    /** Milliseconds between two steps. */
    static final long STEP = 50;

    /** A slow standby takes 320 bytes a second. */
    private static final long SLOW_BYTES_A_STEP = 16;

    /** WAL records begin at multiples of eight bytes. */
    private static final long ALIGNMENT = 8;

    private static final long RETRY = 5000;

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

    /** What would have arrived by now, had it not waited for the next step. */
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

    /** wal_retrieve_retry_interval: a standby that lost its upstream tries it every five seconds. */
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

    /** A clean shutdown waits until the standbys that stream have all of it. */
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

    /** Tells when a commit at {@code position} is durable where the primary's settings want it. */
    public void whenAcknowledged(Node primary, long position, Runnable acknowledged) {
        waiting.add(new Waiting(primary, position, primary.postgres.timeline, acknowledged));
        acknowledge();
    }

    /** Whether any commit waits for a standby now. */
    boolean isCommitWaiting() {
        return !waiting.isEmpty();
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
