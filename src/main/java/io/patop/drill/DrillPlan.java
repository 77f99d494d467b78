package io.patop.drill;

import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a drill is to do.
 *
 * @param faults one run each, in this order
 * @param target to which member
 * @param repetitions of all that, 1 to 1000
 * @param goals that every run has to meet
 * @param patience how long a run may wait for the cluster to serve again, and then for it to be whole again
 * @param settle how long all must have been well before something is broken
 */
public record DrillPlan(
        List<Fault> faults, Target target, int repetitions, Objectives goals, Duration patience, Duration settle) {

    /** How long a run may wait if nothing else is said. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How long all must have been well if nothing else is said. */
    public static final Duration SETTLE = Duration.ofSeconds(3);

    /**
     * One run to come.
     *
     * @param number from 1
     * @param fault to do
     * @param target to which member
     */
    public record Turn(int number, Fault fault, Target target) {}

    /** Copies the list and checks the ranges. */
    public DrillPlan {
        faults = List.copyOf(faults);
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(goals, "goals");
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

    /** A plan with the usual waits. */
    public static DrillPlan of(List<Fault> faults, Target target, int repetitions, Objectives goals) {
        return new DrillPlan(faults, target, repetitions, goals, PATIENCE, SETTLE);
    }

    /**
     * What a person chose on the dashboard, with the usual waits.
     *
     * @throws IllegalArgumentException if it names no fault
     */
    public static DrillPlan of(Action.StartDrill wanted) {
        List<Fault> faults = wanted.faults().stream()
                .map(word ->
                        Fault.named(word).orElseThrow(() -> new IllegalArgumentException("no fault \"" + word + "\"")))
                .toList();
        return of(faults, Target.of(wanted.target()), wanted.repetitions(), Objectives.DEFAULT);
    }

    /** All runs, in a cluster of those members. */
    public List<Turn> turns(Collection<String> members) {
        List<Target> targets = target instanceof Target.EachInTurn
                ? new TreeSet<>(members)
                        .stream().map(name -> (Target) new Target.Named(name)).toList()
                : List.of(target);
        List<Turn> turns = new ArrayList<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Target each : targets) {
                for (Fault fault : faults) {
                    turns.add(new Turn(turns.size() + 1, fault, each));
                }
            }
        }
        return turns;
    }

    /** {@code scale to 0, kill: the leader, twice}. */
    public String text() {
        String what = faults.stream().map(Fault::verb).collect(Collectors.joining(", "));
        String times = repetitions == 1 ? "" : ", " + repetitions + " times";
        return what + ": " + target.text() + times;
    }
}
