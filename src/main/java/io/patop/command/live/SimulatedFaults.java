package io.patop.command.live;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.control.fault.EngineFaults;
import io.patop.control.journal.MemoryJournal;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationException;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The faults of a simulated cluster: those of a member are the simulator's own, those of the DCS and the proxy go by
 * its Docker Engine as those of a real one do.
 */
public final class SimulatedFaults implements FaultInjector, Lever<Action.Simulate> {

    private final SimulatedCluster cluster;
    private final EngineFaults engine;

    /** Faults of that cluster. */
    public SimulatedFaults(SimulatedCluster cluster) throws IOException {
        this.cluster = cluster;
        this.engine = new EngineFaults(
                DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket())),
                new MemoryJournal(),
                "none",
                Clock.systemUTC());
    }

    @Override
    public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
        return switch (fault) {
            case PARTITION, PARTITION_DCS, PARTITION_MEMBERS, DISK_SLOW, POSTGRES_KILL ->
                target.<Availability>map(member -> new Availability.Possible(
                                new Action.Simulate(kind(fault).word(), target, text(fault, member), true)))
                        .orElseGet(() -> new Availability.Impossible("no member is chosen"));
            case DCS_STOP, DCS_FREEZE, PROXY_STOP, PROXY_FREEZE -> engine.offer(fault, target, dashboard);
            default -> new Availability.Impossible("the simulator does not know it; a real cluster does");
        };
    }

    /** Only HAProxy and patop reach a member that the simulator cuts off. */
    private static String text(InjectedFault fault, String member) {
        return fault == InjectedFault.PARTITION
                ? "cut " + member + " off from the DCS and the other members"
                : fault.text(member);
    }

    private static SimulatedFault.Kind kind(InjectedFault fault) {
        return switch (fault) {
            case PARTITION -> SimulatedFault.Kind.PARTITION;
            case PARTITION_DCS -> SimulatedFault.Kind.PARTITION_DCS;
            case PARTITION_MEMBERS -> SimulatedFault.Kind.PARTITION_MEMBERS;
            case DISK_SLOW -> SimulatedFault.Kind.SLOW;
            default -> SimulatedFault.Kind.CRASH;
        };
    }

    @Override
    public Optional<Action> undo(Action injected) {
        return injected instanceof Action.Simulate simulated
                ? simulated.member().filter(member -> simulated.breaks()).map(SimulatedFaults::heal)
                : engine.undo(injected);
    }

    @Override
    public List<Action> mending(Optional<String> member) {
        List<Action> mending = new ArrayList<>(engine.mending(member));
        member.filter(cluster.hindered()::contains).map(SimulatedFaults::heal).ifPresent(mending::add);
        return mending;
    }

    private static Action heal(String member) {
        return new Action.Simulate(SimulatedFault.Kind.HEAL.word(), Optional.of(member), "heal " + member, false);
    }

    @Override
    public List<Lever<?>> levers() {
        List<Lever<?>> levers = new ArrayList<>(engine.levers());
        levers.add(this);
        return levers;
    }

    @Override
    public void close() {
        engine.leaveBroken();
        engine.close();
    }

    @Override
    public Class<Action.Simulate> takes() {
        return Action.Simulate.class;
    }

    @Override
    public CompletableFuture<Answer<String>> carryOut(Action.Simulate wanted, Consumer<String> steps) {
        return CompletableFuture.completedFuture(inject(wanted));
    }

    private Answer<String> inject(Action.Simulate wanted) {
        SimulatedFault.Kind kind = SimulatedFault.Kind.valueOf(
                wanted.fault().toUpperCase(Locale.ROOT).replace('-', '_'));
        try {
            cluster.apply(new SimulatedFault(kind, wanted.member()));
            return new Answer.Given<>("", Duration.ZERO);
        } catch (SimulationException impossible) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, Printable.message(impossible)), Duration.ZERO);
        }
    }
}
