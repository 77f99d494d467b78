package io.patop.command.random;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.history.Claims;
import io.patop.text.Printable;
import java.time.Duration;
import java.util.List;

/** A cluster on which schedules of faults are played while clients work: a simulated one, or one that runs. */
interface DrilledCluster {

    /** Whoever follows a run and may end it early. */
    interface Watcher {
        /** Takes how long the run has been going, by the cluster's clock; returns false to end it. */
        boolean goesOn(Duration elapsed);

        /** Takes a line about what was done. */
        default void tell(String line) {}
    }

    /** Returns its name. */
    String name();

    /** Returns what it is and how it is set, a line each. */
    List<String> settings();

    /** Returns its members' names. */
    List<String> members();

    /** Returns the faults that it can have. */
    List<Kind> kinds();

    /** Returns what its settings promise. */
    Claims claims();

    /** Returns how many schedules are played at most to shrink one that fails. */
    int tries();

    /**
     * Plays a schedule, and lets the clients work for as long; what was broken is whole again at its end.
     *
     * @throws CommandFailure if the schedule names a member that does not exist
     */
    RandomRun run(FaultSchedule schedule, Duration length);

    /** Refuses a schedule that names a member that does not exist. */
    default void requireMembers(FaultSchedule schedule) {
        try {
            schedule.requireMembers(members());
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.line(Printable.message(wrong)));
        }
    }
}
