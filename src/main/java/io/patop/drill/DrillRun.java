package io.patop.drill;

import io.patop.cluster.Timeline;
import io.patop.probe.ClientLoad;
import io.patop.probe.Numbers;
import io.patop.time.MeasuredDuration;
import io.patop.watch.bill.Bill;
import io.patop.watch.bill.Estimate;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one run.
 *
 * @param number from 1
 * @param fault that was done
 * @param member the member that the fault was aimed at
 * @param role that member's role before
 * @param began when the fault was ordered
 * @param change the change of leader that followed; empty if none did
 * @param phases that the change of leader reached, from {@code began} on
 * @param expected the outage that was forecast for that fault when it was ordered; empty if none could be
 * @param writes the results of the write probe
 * @param whole from {@code began} until all members were well again and writes were acknowledged; empty if that did
 *     not happen
 * @param bill where the time of the outage went; empty if nobody took over, or the settings are not known
 * @param troubles why the run counts as failed whatever the objectives are; empty if it did not
 * @param evidence where it is kept why the cluster did not recover; empty if it did
 * @param clients what a number of clients met with; empty if there were none
 */
public record DrillRun(
        int number,
        PlannedFault fault,
        String member,
        String role,
        Instant began,
        Optional<Change> change,
        Map<Phase, Duration> phases,
        Optional<Estimate> expected,
        Writes writes,
        Optional<Duration> whole,
        Optional<Bill> bill,
        List<String> troubles,
        Optional<String> evidence,
        Optional<ClientLoad> clients) {

    /**
     * A change of leader in a run.
     *
     * @param outcome its kind
     * @param newLeader the leader after; empty if no other member led
     * @param from the timeline before
     * @param to the timeline after
     */
    public record Change(
            Failover.Outcome outcome, Optional<String> newLeader, Optional<Timeline> from, Optional<Timeline> to) {}

    /**
     * The results of the write probe, from the fault until the verification.
     *
     * @param measured how long writes failed, or until the run's end where none was acknowledged again; zero if no
     *     write failed
     * @param outageBegan the last acknowledged write before it
     * @param verified whether the rows were read back
     * @param lostNumbers acknowledged writes that are missing
     * @param unknown the number of writes with an unknown outcome
     * @param unknownThere how many of those exist
     * @param duplicates writes that exist more than once
     */
    public record Writes(
            MeasuredDuration measured,
            Optional<Instant> outageBegan,
            boolean verified,
            Numbers lostNumbers,
            long unknown,
            long unknownThere,
            Numbers duplicates) {

        /** No results. */
        public static final Writes NONE = new Writes(
                MeasuredDuration.exactly(Duration.ZERO), Optional.empty(), false, Numbers.NONE, 0, 0, Numbers.NONE);

        /** The longest that the outage can have been: from the last acknowledged write before to the first after. */
        public Duration outage() {
            return measured.longest();
        }

        /** The number of acknowledged writes that are missing. */
        public long lost() {
            return lostNumbers.count();
        }

        /** When writing became possible again. */
        public Optional<Instant> outageEnded() {
            return outageBegan.map(began -> began.plus(outage()));
        }
    }

    /**
     * A part of the run, ending with a phase.
     *
     * @param phase the phase at its end
     * @param from its beginning, since the fault was ordered
     * @param took its length
     */
    public record Stretch(Phase phase, Duration from, Duration took) {}

    public DrillRun {
        phases = phases.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(phases));
        troubles = List.copyOf(troubles);
    }

    /** Returns the run with the place of its evidence. */
    DrillRun with(String place) {
        return with(Optional.of(place), clients);
    }

    /** Returns the run with what its clients met with. */
    DrillRun with(ClientLoad load) {
        return with(evidence, Optional.of(load));
    }

    private DrillRun with(Optional<String> place, Optional<ClientLoad> load) {
        return new DrillRun(
                number, fault, member, role, began, change, phases, expected, writes, whole, bill, troubles, place,
                load);
    }

    /** The run divided into its phases, in the order in which they were reached. */
    public List<Stretch> stretches() {
        List<Map.Entry<Phase, Duration>> reached = phases.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Phase, Duration> entry) -> entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<Stretch> stretches = new java.util.ArrayList<>();
        Duration from = Duration.ZERO;
        for (Map.Entry<Phase, Duration> entry : reached) {
            stretches.add(new Stretch(entry.getKey(), from, entry.getValue().minus(from)));
            from = entry.getValue();
        }
        return stretches;
    }
}
