package io.patop.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What each {@link Fault} does to the simulation. The Docker Engine's commands end here too.
 */
final class Faults {
    private final Simulation world;

    Faults(Simulation world) {
        this.world = world;
    }

    void apply(Fault fault) throws SimulationException {
        Optional<Node> node = Optional.empty();
        if (fault.target().isPresent()) {
            node = Optional.of(world.node(world.resolve(fault.target().orElseThrow())));
        }
        if (node.isPresent()) {
            applyTo(node.orElseThrow(), fault.kind());
        } else {
            applyToCluster(fault.kind());
        }
    }

    private void applyTo(Node node, Fault.Kind kind) throws SimulationException {
        switch (kind) {
            case STOP -> stop(node);
            case START -> start(node);
            case KILL -> kill(node);
            case FREEZE -> node.freeze();
            case THAW -> thaw(node);
            case PARTITION -> {
                node.cutFromDcs = true;
                node.cutFromMembers = true;
            }
            case PARTITION_DCS -> node.cutFromDcs = true;
            case PARTITION_MEMBERS -> node.cutFromMembers = true;
            case SLOW -> node.slow = true;
            case CRASH -> node.postgres.stop(false);
            case HEAL -> heal(node);
            case SWITCHOVER -> switchover(Optional.of(node.name));
            case DCS_DOWN, DCS_UP, PAUSE, RESUME -> applyToCluster(kind);
        }
    }

    private void applyToCluster(Fault.Kind kind) throws SimulationException {
        switch (kind) {
            case DCS_DOWN -> world.dcs().goDown();
            case DCS_UP -> {
                world.dcs().comeUp();
                world.nodes().forEach(node -> world.loop(node).dcsIsBack());
            }
            case SWITCHOVER -> switchover(Optional.empty());
            case PAUSE -> setPause(true);
            case RESUME -> setPause(false);
            default -> throw new SimulationException("'" + kind.word() + "' needs a member");
        }
    }

    private void setPause(boolean pause) {
        ObjectNode config = world.dcs().view().config().deepCopy();
        if (pause) {
            config.put("pause", true);
        } else {
            config.remove("pause");
        }
        world.dcs().putConfig(config);
    }

    private void switchover(Optional<String> candidate) throws SimulationException {
        String leader = world.resolve("leader");
        if (candidate.filter(leader::equals).isPresent()) {
            throw new SimulationException("switchover: " + leader + " is the leader already");
        }
        world.dcs().putFailover(Optional.of(new DcsView.Failover(Optional.of(leader), candidate, Optional.empty())));
        world.loop(world.node(leader)).wake();
    }

    void stop(Node node) {
        if (node.life != Node.Life.RUNNING) {
            return;
        }
        world.hosting().close(node.name);
        world.loop(node).actions().shutDown(() -> node.become(Node.Life.STOPPED));
    }

    void start(Node node) {
        if (node.life != Node.Life.STOPPED) {
            return;
        }
        boolean wasPrimary = !node.postgres.inRecovery;
        node.become(Node.Life.RUNNING);
        node.postgres.state = "stopped";
        node.postgres.role = wasPrimary ? "demoted" : "replica";
        node.view = Optional.empty();
        node.ledView = Optional.empty();
        node.scheduledRestart = Optional.empty();
        node.address = world.hosting().open(node.name);
        world.loop(node).begin(world.chance(150, 500));
    }

    void kill(Node node) {
        if (node.life == Node.Life.STOPPED) {
            return;
        }
        world.hosting().close(node.name);
        node.postgres.stop(false);
        node.become(Node.Life.STOPPED);
    }

    private void heal(Node node) {
        node.slow = false;
        boolean wasCut = node.cutFromDcs;
        node.cutFromDcs = false;
        node.cutFromMembers = false;
        if (wasCut) {
            world.loop(node).dcsIsBack();
        }
        thaw(node);
        start(node);
    }

    private static void thaw(Node node) {
        if (node.isFrozen()) {
            node.thaw();
        }
    }
}
