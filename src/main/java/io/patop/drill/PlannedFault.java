package io.patop.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one run of a drill breaks: one fault, or several together. */
public sealed interface PlannedFault permits Fault, FaultCombination {

    /** The name on the command line: {@code kill}, {@code partition+dcs-slow}. */
    String word();

    /** The verb in a sentence: {@code stop} the leader. */
    String verb();

    /** The participle in a sentence: the leader is {@code stopped}. */
    String done();

    /** The faults that are caused together; one of a single fault. */
    List<Fault> parts();

    /** Whether that fault is among those that are caused. */
    default boolean includes(Fault fault) {
        return parts().contains(fault);
    }

    /** Whether any of it goes by more than Docker's own verbs, so that it need not end in another leader. */
    default boolean isInjected() {
        return parts().stream().anyMatch(fault -> fault.injected().isPresent());
    }

    /**
     * The fault of that name, or the combination of those names with {@code +} between them.
     *
     * @throws IllegalArgumentException with one line, if there is no such fault, or if they cannot be combined
     */
    static PlannedFault named(String text) {
        List<Fault> parts = new ArrayList<>();
        for (String word : text.split("\\+", -1)) {
            Optional<Fault> fault = Fault.named(word);
            if (fault.isEmpty()) {
                throw new IllegalArgumentException("no fault \"" + word.strip() + "\": "
                        + Arrays.stream(Fault.values()).map(Fault::word).collect(Collectors.joining(", ")));
            }
            parts.add(fault.get());
        }
        return of(parts);
    }

    /**
     * One fault, or the combination of several.
     *
     * @param parts one or more
     * @throws IllegalArgumentException with one line, if they cannot be combined
     */
    static PlannedFault of(List<Fault> parts) {
        return parts.size() == 1 ? parts.get(0) : new FaultCombination(parts);
    }
}
