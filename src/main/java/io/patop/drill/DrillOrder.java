package io.patop.drill;

import io.patop.watch.model.Action;

/**
 * An action that a drill wants carried out now. The drill asks for no other until it has been told the result.
 *
 * @param action to carry out
 * @param purpose whether the action breaks or mends something
 */
public record DrillOrder(Action action, Purpose purpose) {

    /** The purposes of an order. */
    public enum Purpose {
        /** The action carries out the fault. */
        BREAK,
        /** The action undoes the fault. */
        UNDO
    }
}
