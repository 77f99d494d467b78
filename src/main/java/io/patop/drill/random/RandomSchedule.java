package io.patop.drill.random;

import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.drill.random.ScheduledFault.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes a schedule of faults at random moments from a seed. Half of the members' faults hit whoever leads then. At each
 * moment at least one member is left alone, and no place is broken twice at once. The DCS, all of whose members are one
 * service to patop, is left alone unless the schedule may be brutal.
 */
public final class RandomSchedule {

    private static final long FIRST_MILLIS = 5_000;
    private static final long LONGEST_GAP_MILLIS = 60_000;
    private static final long SHORTEST_MILLIS = 1_000;
    /** Longest time of a short fault, which a cluster rides out. */
    private static final long SHORT_MILLIS = 15_000;

    /** Longest time of a long fault, well above Patroni's ttl. */
    private static final long LONGEST_MILLIS = 75_000;

    private final Random random;
    private final long length;
    private final List<String> members;
    private final List<Kind> kinds;

    private RandomSchedule(long seed, Duration length, Collection<String> members, List<Kind> kinds) {
        this.random = new Random(seed);
        this.length = length.toMillis();
        this.members = members.stream().sorted().toList();
        this.kinds = kinds;
    }

    /**
     * Returns a schedule; the same arguments give the same one.
     *
     * @param length all faults are undone by then
     * @param members the members' names
     * @param possible the faults that can be caused
     * @param brutal whether the DCS may be taken away too
     */
    public static FaultSchedule of(
            long seed, Duration length, Collection<String> members, Collection<Kind> possible, boolean brutal) {
        List<Kind> kinds = possible.stream()
                .sorted()
                .filter(kind -> brutal || kind.place() != Place.DCS)
                .toList();
        return kinds.isEmpty()
                ? new FaultSchedule(List.of())
                : new RandomSchedule(seed, length, members, kinds).schedule();
    }

    private FaultSchedule schedule() {
        List<ScheduledFault> faults = new ArrayList<>();
        long at = FIRST_MILLIS + between(0, FIRST_MILLIS);
        while (at < length - SHORTEST_MILLIS) {
            ScheduledFault drawn = fault(at);
            if (isPossible(drawn, faults)) {
                faults.add(drawn);
            }
            at += between(0, LONGEST_GAP_MILLIS);
        }
        return new FaultSchedule(faults);
    }

    private ScheduledFault fault(long at) {
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        long lasts = Math.min(
                random.nextBoolean() ? between(SHORTEST_MILLIS, SHORT_MILLIS) : between(SHORT_MILLIS, LONGEST_MILLIS),
                (length - at) / 100 * 100);
        Optional<String> member = kind.place() == Place.MEMBER
                ? Optional.of(
                        random.nextBoolean() ? ScheduledFault.LEADER : members.get(random.nextInt(members.size())))
                : Optional.empty();
        return new ScheduledFault(
                Duration.ofMillis(at),
                kind.undo().isPresent() ? Duration.ofMillis(lasts) : Duration.ZERO,
                kind,
                member);
    }

    private boolean isPossible(ScheduledFault drawn, List<ScheduledFault> faults) {
        List<ScheduledFault> meanwhile = faults.stream()
                .filter(fault -> fault.end().compareTo(drawn.at()) >= 0)
                .toList();
        long hindered = meanwhile.stream()
                .filter(fault -> fault.kind().place() == Place.MEMBER)
                .map(ScheduledFault::member)
                .distinct()
                .count();
        boolean leavesOne = drawn.kind().place() != Place.MEMBER || hindered + 1 < Math.max(2, members.size());
        return leavesOne && meanwhile.stream().noneMatch(drawn::isOfSamePlace);
    }

    /** Returns a random time, in steps of 100 ms so that a script is easily read. */
    private long between(long least, long most) {
        return least + 100 * (long) random.nextInt((int) ((most - least) / 100));
    }
}
