package io.patop.drill;

import io.patop.control.InjectedFault;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several faults that are caused together and undone together. Two of which one hides or ends the other are no
 * combination.
 *
 * @param parts two or more, in the order in which a person named them
 */
public record FaultCombination(List<Fault> parts) implements PlannedFault {

    /** Sets of faults of which one is possible at a time. */
    private static final List<Set<Fault>> ONE_OF = List.of(
            EnumSet.of(Fault.STOP, Fault.KILL, Fault.CRASH, Fault.FREEZE),
            EnumSet.of(Fault.DCS_STOP, Fault.DCS_FREEZE, Fault.DCS_SLOW),
            EnumSet.of(Fault.PROXY_STOP, Fault.PROXY_FREEZE),
            EnumSet.of(Fault.POSTGRES_HANG, Fault.POSTGRES_KILL, Fault.CONNECTIONS),
            EnumSet.of(Fault.PATRONI_HANG, Fault.PATRONI_KILL),
            EnumSet.of(Fault.BANDWIDTH, Fault.DELAY));

    /** A partition cuts these off already. */
    private static final Set<Fault> WITHIN_PARTITION =
            EnumSet.of(Fault.PARTITION_DCS, Fault.PARTITION_MEMBERS, Fault.LOSS, Fault.BANDWIDTH, Fault.DELAY);

    /** Faults that take the container away, and all that could be broken in it. */
    private static final Set<Fault> WITHOUT_CONTAINER = EnumSet.of(Fault.STOP, Fault.KILL, Fault.CRASH);

    public FaultCombination {
        parts = List.copyOf(parts);
        if (parts.size() < 2) {
            throw new IllegalArgumentException("a combination has two faults or more");
        }
        for (int i = 0; i < parts.size(); i++) {
            for (Fault later : parts.subList(i + 1, parts.size())) {
                Optional<String> why = contradiction(parts.get(i), later);
                if (why.isPresent()) {
                    throw new IllegalArgumentException(
                            parts.get(i).word() + "+" + later.word() + " cannot be combined: " + why.get());
                }
            }
        }
    }

    /** Whether another fault can be caused together with these; with none, whether it goes with any other. */
    public static boolean goesWith(List<Fault> chosen, Fault another) {
        return chosen.isEmpty()
                ? Arrays.stream(Fault.values())
                        .anyMatch(other -> contradiction(another, other).isEmpty())
                : chosen.stream()
                        .allMatch(other -> contradiction(another, other).isEmpty());
    }

    private static Optional<String> contradiction(Fault one, Fault other) {
        if (one == other) {
            return Optional.of("it is the same fault twice");
        }
        Set<Fault> both = EnumSet.of(one, other);
        if (both.contains(Fault.SWITCHOVER) || both.contains(Fault.RESTART)) {
            return Optional.of("switchover and restart are commands to Patroni, and no faults that last");
        }
        if (ONE_OF.stream().anyMatch(set -> set.containsAll(both))) {
            return Optional.of("they break the same thing in two ways");
        }
        if (both.contains(Fault.PARTITION) && both.stream().anyMatch(WITHIN_PARTITION::contains)) {
            return Optional.of("a partition cuts off all of it already");
        }
        boolean gone = both.stream().anyMatch(WITHOUT_CONTAINER::contains);
        boolean inside = both.stream()
                .flatMap(fault -> fault.injected().stream())
                .anyMatch(fault -> fault.on() == InjectedFault.On.MEMBER);
        return gone && inside ? Optional.of("a member that is gone has nothing in it to break") : Optional.empty();
    }

    @Override
    public String word() {
        return parts.stream().map(Fault::word).collect(Collectors.joining("+"));
    }

    @Override
    public String verb() {
        return parts.stream().map(Fault::verb).collect(Collectors.joining(" + "));
    }

    @Override
    public String done() {
        return parts.stream().map(Fault::done).collect(Collectors.joining(" and "));
    }
}
