package io.patop.command.random;

import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomDrillReport.Shrunk;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.ScheduleShrinker;
import java.time.Duration;
import java.util.Optional;

/**
 * Shrinks a schedule that fails by playing parts of it: exactly on a simulated cluster, where the same schedule gives
 * the same run; by repetition on one that runs, where a part counts as failing if it fails once.
 */
final class Shrinking {

    /** How long the clients go on after the last fault: long enough to see what became of it. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private final DrilledCluster cluster;
    private int tries;
    private Optional<RandomRun> failed = Optional.empty();

    public Shrinking(DrilledCluster cluster) {
        this.cluster = cluster;
    }

    /** Returns how long the clients work when this schedule is played alone. */
    public static Duration length(FaultSchedule schedule) {
        return schedule.end().plus(AFTERWARDS);
    }

    /** Returns a schedule that fails too, with its run; empty if none was found. */
    public Optional<Shrunk> shrink(FaultSchedule failing) {
        FaultSchedule unused = new ScheduleShrinker(this::fails, cluster.tries()).shrink(failing);
        return failed.isPresent() || fails(failing) ? failed.map(run -> new Shrunk(tries, run)) : Optional.empty();
    }

    private boolean fails(FaultSchedule schedule) {
        tries += 1;
        RandomRun run = cluster.run(schedule, length(schedule));
        if (run.check().violations().isEmpty()) {
            return false;
        }
        failed = Optional.of(run);
        return true;
    }
}
