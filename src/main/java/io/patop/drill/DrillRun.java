package io.patop.drill;

import io.patop.cluster.Timeline;
import io.patop.probe.Numbers;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one run.
 *
 * @param number from 1
 * @param fault that was done
 * @param member to which member
 * @param role of that member before
 * @param began when the fault was ordered
 * @param change of leader that followed; empty if none did
 * @param phases that the change of leader reached, from {@code began} on
 * @param writes what the write probe saw
 * @param whole from {@code began} until all members were well again and writes were acknowledged; empty if not
 * @param troubles why the run counts as failed whatever the goals are; empty if it went its way
 */
public record DrillRun(
        int number,
        Fault fault,
        String member,
        String role,
        Instant began,
        Optional<Change> change,
        Map<Phase, Duration> phases,
        Writes writes,
        Optional<Duration> whole,
        List<String> troubles) {

    /**
     * A change of leader.
     *
     * @param outcome what it turned out to be
     * @param newLeader who led after; empty if nobody else did
     * @param from the timeline before
     * @param to the timeline after
     */
    public record Change(
            Failover.Outcome outcome, Optional<String> newLeader, Optional<Timeline> from, Optional<Timeline> to) {}

    /**
     * What the write probe saw from the fault until all was verified.
     *
     * @param outage from the last acknowledged write before to the first after, or to the run's end where none came;
     *     zero if no write failed
     * @param outageBegan the last acknowledged write before it
     * @param verified whether the rows were read back
     * @param lostNumbers acknowledged writes that are gone
     * @param unknown how many writes had no known outcome
     * @param unknownThere how many of those are there all the same
     * @param duplicates writes that are there more than once
     */
    public record Writes(
            Duration outage,
            Optional<Instant> outageBegan,
            boolean verified,
            Numbers lostNumbers,
            long unknown,
            long unknownThere,
            Numbers duplicates) {

        /** Nothing was seen. */
        public static final Writes NONE =
                new Writes(Duration.ZERO, Optional.empty(), false, Numbers.NONE, 0, 0, Numbers.NONE);

        /** Checks that all parts are there. */
        public Writes {
            Objects.requireNonNull(outage, "outage");
            Objects.requireNonNull(outageBegan, "outageBegan");
            Objects.requireNonNull(lostNumbers, "lostNumbers");
            Objects.requireNonNull(duplicates, "duplicates");
        }

        /** How many acknowledged writes are gone. */
        public long lost() {
            return lostNumbers.count();
        }

        /** When writing was possible again. */
        public Optional<Instant> outageEnded() {
            return outageBegan.map(began -> began.plus(outage));
        }
    }

    /**
     * A stretch of the run, up to a phase.
     *
     * @param phase that it leads up to
     * @param from since the fault was ordered
     * @param took until the phase was reached
     */
    public record Stretch(Phase phase, Duration from, Duration took) {}

    /** Copies the collections. */
    public DrillRun {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(change, "change");
        phases = phases.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(phases));
        Objects.requireNonNull(writes, "writes");
        Objects.requireNonNull(whole, "whole");
        troubles = List.copyOf(troubles);
    }

    /** The run as stretches, one after the other, in the order in which the phases were reached. */
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
