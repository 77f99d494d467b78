package io.patop.drill;

import io.patop.watch.model.Action;
import java.util.Objects;

/**
 * Something that a drill wants done now. It asks for nothing further until it has heard what came of it.
 *
 * @param action to be done
 * @param purpose whether it breaks or mends
 */
public record DrillOrder(Action action, Purpose purpose) {

    /** What an order is for. */
    public enum Purpose {
        /** It does the fault. */
        BREAK,
        /** It undoes it. */
        UNDO
    }

    /** Checks that both parts are there. */
    public DrillOrder {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(purpose, "purpose");
    }
}
