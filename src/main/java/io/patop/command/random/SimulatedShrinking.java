package io.patop.command.random;

import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomDrillReport.Shrunk;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.ScheduleShrinker;
import io.patop.sim.core.SimulationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Shrinks a schedule that fails on a simulated cluster, where it can be played as often as wanted. */
final class SimulatedShrinking {

    private static final int TRIES = 200;

    /** How long the clients go on after the last fault: long enough to see what became of it. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private final SimulatedRandomDrill drill;
    private final AtomicInteger tries = new AtomicInteger();

    public SimulatedShrinking(SimulatedRandomDrill drill) {
        this.drill = drill;
    }

    /** Returns how long the clients work when this schedule is played alone. */
    public static Duration length(FaultSchedule schedule) {
        return schedule.end().plus(AFTERWARDS);
    }

    /** Returns a shorter schedule that fails too, with its run; empty if none was found. */
    public Optional<Shrunk> shrink(FaultSchedule failing) {
        FaultSchedule shortest = new ScheduleShrinker(schedule -> isViolated(play(schedule)), TRIES).shrink(failing);
        RandomRun run = play(shortest);
        return isViolated(run) ? Optional.of(new Shrunk(tries.get() - 1, run)) : Optional.empty();
    }

    private static boolean isViolated(RandomRun run) {
        return !run.check().violations().isEmpty();
    }

    private RandomRun play(FaultSchedule schedule) {
        tries.incrementAndGet();
        try {
            return drill.run(schedule, length(schedule));
        } catch (SimulationException impossible) {
            throw new IllegalStateException("a part of a schedule that was played", impossible);
        }
    }
}
