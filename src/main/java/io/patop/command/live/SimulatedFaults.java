package io.patop.command.live;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.FaultInjector;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationException;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The simulator's faults that the demo offers besides Docker's stop, start, kill and freeze. */
public record SimulatedFaults(SimulatedCluster cluster) implements FaultInjector {

    @Override
    public List<Action.Simulate> faults(Optional<String> member) {
        List<Action.Simulate> faults = new ArrayList<>();
        member.ifPresent(name -> {
            faults.add(of(
                    SimulatedFault.Kind.PARTITION,
                    name,
                    "cut " + name + " off from the DCS and the other members",
                    true));
            faults.add(of(SimulatedFault.Kind.PARTITION_DCS, name, "cut " + name + " off from the DCS", true));
            faults.add(of(
                    SimulatedFault.Kind.PARTITION_MEMBERS, name, "cut " + name + " off from the other members", true));
            faults.add(of(SimulatedFault.Kind.SLOW, name, "slow down the disk of " + name + ", so that it lags", true));
            faults.add(of(SimulatedFault.Kind.CRASH, name, "kill PostgreSQL alone on " + name, true));
            faults.add(of(SimulatedFault.Kind.HEAL, name, "heal " + name, false));
        });
        faults.add(of(SimulatedFault.Kind.DCS_DOWN, "take the DCS away", true));
        faults.add(of(SimulatedFault.Kind.DCS_UP, "bring the DCS back", false));
        return faults;
    }

    @Override
    public CompletableFuture<Answer<String>> pull(Action.Simulate wanted, Consumer<String> steps) {
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

    private static Action.Simulate of(SimulatedFault.Kind kind, String member, String words, boolean breaks) {
        return new Action.Simulate(kind.word(), Optional.of(member), words, breaks);
    }

    private static Action.Simulate of(SimulatedFault.Kind kind, String words, boolean breaks) {
        return new Action.Simulate(kind.word(), Optional.empty(), words, breaks);
    }
}
