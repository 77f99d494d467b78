package io.patop.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.Node;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.Swarm;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import io.patop.sim.rest.RestApi;
import java.util.Optional;

/** Applies a {@link SimulatedFault} to the simulation. The Docker Engine's commands are applied here too. */
public final class Faults {
    private final Simulation world;

    public Faults(Simulation world) {
        this.world = world;
    }

    public void apply(SimulatedFault fault) throws SimulationException {
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

    private void applyTo(Node node, SimulatedFault.Kind kind) throws SimulationException {
        Swarm.Service service = world.swarm().ofNode(node.name);
        switch (kind) {
            case STOP -> world.swarm().scale(service, 0);
            case START -> start(node);
            case KILL -> service.running().ifPresent(world.swarm()::kill);
            case FREEZE -> freeze(service);
            case THAW -> thaw(service);
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
            case DCS_DOWN, DCS_FREEZE, DCS_UP, PROXY_STOP, PROXY_FREEZE, PROXY_UP, PAUSE, RESUME ->
                applyToCluster(kind);
        }
    }

    private void applyToCluster(SimulatedFault.Kind kind) throws SimulationException {
        switch (kind) {
            case DCS_DOWN -> world.swarm().scale(etcd(), 0);
            case DCS_FREEZE -> freeze(etcd());
            case DCS_UP -> bringBack(etcd());
            case PROXY_STOP -> world.swarm().scale(haproxy(), 0);
            case PROXY_FREEZE -> freeze(haproxy());
            case PROXY_UP -> bringBack(haproxy());
            case SWITCHOVER -> switchover(Optional.empty());
            case PAUSE -> setPause(true);
            case RESUME -> setPause(false);
            default -> throw new SimulationException("'" + kind.word() + "' needs a member");
        }
    }

    private void freeze(Swarm.Service service) {
        service.running().ifPresent(task -> world.swarm().setPaused(task, true));
    }

    /** Thaws a service, or scales it to 1 again. */
    private void bringBack(Swarm.Service service) {
        thaw(service);
        world.swarm().scale(service, 1);
    }

    private void setPause(boolean pause) throws SimulationException {
        checkDcs();
        ObjectNode config = world.dcs().view().config().deepCopy();
        if (pause) {
            config.put("pause", true);
        } else {
            config.remove("pause");
        }
        world.dcs().putConfig(config);
    }

    private void checkDcs() throws SimulationException {
        if (!world.dcs().isUp()) {
            throw new SimulationException("the DCS is down");
        }
    }

    /** Asks the leader's REST API for a switchover, as patronictl does; what Patroni refuses is refused here. */
    private void switchover(Optional<String> candidate) throws SimulationException {
        checkDcs();
        Node leader = world.node(world.resolve("leader"));
        if (!leader.isUp()) {
            throw new SimulationException("the leader " + leader.name + " does not answer");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("leader", leader.name);
        candidate.ifPresent(name -> body.put("candidate", name));
        Request request = Request.of("POST", "/switchover", Optional.of(body.toString()));
        Optional<Reply> refusal =
                Optional.ofNullable(new RestApi(world).ask(leader, request).getNow(null));
        if (refusal.isPresent() && refusal.orElseThrow() instanceof Reply.Answer answer) {
            throw new SimulationException(answer.body());
        }
    }

    /** Starts a node's service. A failed task leaves a service without a task: a forced update gives it a new one. */
    private void start(Node node) {
        Swarm.Service service = world.swarm().ofNode(node.name);
        if (service.replicas == 0) {
            world.swarm().scale(service, 1);
        } else if (service.alive().isEmpty()) {
            world.swarm().restart(service);
        }
    }

    private void heal(Node node) {
        node.slow = false;
        boolean wasCut = node.cutFromDcs;
        node.cutFromDcs = false;
        node.cutFromMembers = false;
        if (wasCut) {
            world.loop(node).dcsIsBack();
        }
        thaw(world.swarm().ofNode(node.name));
        start(node);
    }

    private void thaw(Swarm.Service service) {
        service.running().filter(task -> task.paused).ifPresent(task -> world.swarm()
                .setPaused(task, false));
    }

    private Swarm.Service etcd() {
        return world.swarm().ofNode("etcd");
    }

    private Swarm.Service haproxy() {
        return world.swarm().ofNode("haproxy");
    }
}
