package io.patop.sim.core;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The leader's updates of the /sync key (process_sync_replication in ha.py). The order matters: a standby is added in
 * PostgreSQL before the DCS, and removed in the opposite order, so that every standby in the DCS has all acknowledged
 * commits.
 */
final class SyncReplication {
    private static final long SETTLING = 2000;

    private final Simulation world;
    private final Node node;

    SyncReplication(Simulation world, Node node) {
        this.world = world;
        this.node = node;
    }

    /** Makes a new leader, before its promotion, the only node in the key, since only it has everything. */
    void takeOver() {
        world.dcs().putSync(new DcsView.Sync(Optional.of(node.name), Set.of()));
        node.postgres.synchronousStandbys = Set.of();
        node.postgres.commit = node.view.orElseThrow().isStrict() ? Postgres.Commit.ANY : Postgres.Commit.LOCAL;
    }

    void process(DcsView view) {
        if (!view.isSynchronous()) {
            world.dcs().putSync(DcsView.Sync.EMPTY);
            node.postgres.synchronousStandbys = Set.of();
            node.postgres.commit = Postgres.Commit.LOCAL;
            return;
        }
        boolean mine = view.sync().leader().filter(node.name::equals).isPresent();
        Set<String> current = mine ? view.sync().standbys() : Set.of();
        Set<String> picked = pick(view, current);
        if (mine && picked.equals(current) && !(picked.isEmpty() && view.isStrict())) {
            name(picked, Postgres.Commit.STANDBY);
            return;
        }
        Set<String> common = new LinkedHashSet<>(current);
        common.retainAll(picked);
        world.dcs().putSync(new DcsView.Sync(Optional.of(node.name), common));
        name(picked, view.isStrict() ? Postgres.Commit.ANY : Postgres.Commit.LOCAL);
        if (!picked.isEmpty()) {
            node.after(SETTLING, () -> assign(picked));
        }
    }

    private void name(Set<String> picked, Postgres.Commit withoutAny) {
        node.postgres.synchronousStandbys = picked;
        if (!picked.isEmpty()) {
            node.postgres.commit = Postgres.Commit.STANDBY;
        } else {
            node.postgres.commit = withoutAny == Postgres.Commit.STANDBY ? Postgres.Commit.LOCAL : withoutAny;
        }
    }

    private void assign(Set<String> picked) {
        if (world.reachesDcs(node) && world.dcs().view().isLeader(node.name)) {
            Set<String> streaming = new LinkedHashSet<>(picked);
            streaming.removeIf(name -> !isStreamingFromHere(world.node(name)));
            world.dcs().putSync(new DcsView.Sync(Optional.of(node.name), streaming));
        }
    }

    private boolean isStreamingFromHere(Node standby) {
        return standby.postgres.streaming
                && standby.postgres.upstream.filter(node.name::equals).isPresent();
    }

    /**
     * Returns the synchronous standbys: in quorum mode all that stream, else synchronous_node_count of them, the
     * present ones first.
     */
    private Set<String> pick(DcsView view, Set<String> current) {
        List<String> candidates = world.nodes().stream()
                .filter(this::isStreamingFromHere)
                .filter(standby -> view.members().containsKey(standby.name))
                .filter(standby -> !view.isTagged(standby.name, "nosync"))
                .sorted(Comparator.comparing((Node standby) -> !current.contains(standby.name))
                        .thenComparing(Comparator.comparingLong((Node standby) -> standby.postgres.reach())
                                .reversed()))
                .map(standby -> standby.name)
                .toList();
        long count = view.isQuorum()
                ? Long.MAX_VALUE
                : view.config().path("synchronous_node_count").asLong(1);
        return new LinkedHashSet<>(candidates.stream().limit(count).toList());
    }
}
