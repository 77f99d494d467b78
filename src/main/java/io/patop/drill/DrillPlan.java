package io.patop.drill;

import io.patop.control.FaultInjector;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The plan of a drill.
 *
 * @param faults one run each, in this order
 * @param target the member that each fault is aimed at
 * @param repetitions of the whole list of faults, 1 to 1000
 * @param goals the objectives of every run
 * @param patience how long a run may wait for the cluster to serve again, and then for it to be whole again; at least
 *     1 s
 * @param settle how long the cluster must have been well before each fault
 */
public record DrillPlan(
        List<PlannedFault> faults,
        Target target,
        int repetitions,
        Objectives goals,
        Duration patience,
        Duration settle) {

    /** The default of how long a run may wait. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The default of how long the cluster must have been well. */
    public static final Duration SETTLE = Duration.ofSeconds(3);

    /**
     * One planned run.
     *
     * @param number from 1
     * @param fault to do
     * @param target the member that the fault is aimed at
     */
    public record Turn(int number, PlannedFault fault, Target target) {}

    public DrillPlan {
        faults = List.copyOf(faults);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a drill has a fault");
        }
        if (repetitions < 1 || repetitions > 1000) {
            throw new IllegalArgumentException("a drill is repeated 1 to 1000 times, not " + repetitions);
        }
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || settle.isNegative()) {
            throw new IllegalArgumentException("a run waits for a second or more");
        }
    }

    /** A plan with the default waits. */
    public static DrillPlan of(List<? extends PlannedFault> faults, Target target, int repetitions, Objectives goals) {
        return new DrillPlan(List.copyOf(faults), target, repetitions, goals, PATIENCE, SETTLE);
    }

    /**
     * The plan that a person chose on the dashboard, with the default waits.
     *
     * @throws IllegalArgumentException if it names no fault
     */
    public static DrillPlan of(Action.StartDrill wanted) {
        List<PlannedFault> faults =
                wanted.faults().stream().map(PlannedFault::named).toList();
        return of(faults, Target.of(wanted.target()), wanted.repetitions(), Objectives.DEFAULT);
    }

    /**
     * The plan as it can be carried out with that injector. Where nothing keeps a killed member down, {@link Fault#KILL}
     * would promise what is not so: it is {@link Fault#CRASH} there.
     */
    public DrillPlan with(FaultInjector injector) {
        return injector.canKeepKilledDown()
                ? this
                : new DrillPlan(
                        faults.stream().map(DrillPlan::freeToStart).toList(),
                        target,
                        repetitions,
                        goals,
                        patience,
                        settle);
    }

    private static PlannedFault freeToStart(PlannedFault fault) {
        return PlannedFault.of(fault.parts().stream()
                .map(part -> part == Fault.KILL ? Fault.CRASH : part)
                .toList());
    }

    /** All planned runs, in a cluster of those members. */
    public List<Turn> turns(Collection<String> members) {
        List<Target> targets = target.inTurn(members);
        List<Turn> turns = new ArrayList<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Target each : targets) {
                for (PlannedFault fault : faults) {
                    turns.add(new Turn(turns.size() + 1, fault, each));
                }
            }
        }
        return turns;
    }

    /** The plan as text: {@code stop, kill: the leader, 2 times}. */
    public String text() {
        String what = faults.stream().map(PlannedFault::verb).collect(Collectors.joining(", "));
        String times = repetitions == 1 ? "" : ", " + repetitions + " times";
        return what + ": " + target.text() + times;
    }
}
