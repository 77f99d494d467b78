package io.patop.drill.random;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A schedule while it is played: whom a fault of the leader hits is decided when it begins, and it is undone there
 * even if another leads by then. What was played can be played again with the same members.
 */
public final class SchedulePlayback {

    private final Map<ScheduledFault, ScheduledFault> active = new HashMap<>();
    private final List<ScheduledFault> played = new ArrayList<>();

    /**
     * Begins a fault of the schedule.
     *
     * @param leader the present leader, if there is one
     * @return the fault to cause; empty if nobody leads, or what it would break is broken already
     */
    public Optional<ScheduledFault> begin(ScheduledFault planned, Optional<String> leader) {
        boolean ofLeader =
                planned.member().filter(ScheduledFault.LEADER::equals).isPresent();
        Optional<ScheduledFault> actual = ofLeader ? leader.map(planned::with) : Optional.of(planned);
        Optional<ScheduledFault> possible =
                actual.filter(fault -> active.values().stream().noneMatch(fault::isOfSamePlace));
        possible.ifPresent(fault -> {
            played.add(fault);
            if (fault.undoText().isPresent()) {
                active.put(planned, fault);
            }
        });
        return possible;
    }

    /** Takes back that a fault has begun: it could not be caused. */
    public void leaveOut(ScheduledFault planned) {
        active.remove(planned);
        played.remove(played.size() - 1);
    }

    /** Ends a fault of the schedule; returns the fault to undo, empty if it was not caused. */
    public Optional<ScheduledFault> end(ScheduledFault planned) {
        return Optional.ofNullable(active.remove(planned));
    }

    /** Returns what was played so far, with the members that were hit. */
    public FaultSchedule played() {
        return new FaultSchedule(played);
    }
}
