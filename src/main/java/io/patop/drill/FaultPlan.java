package io.patop.drill;

import io.patop.watch.model.Action;
import java.util.List;
import java.util.Objects;

/** How a fault is done to a member now, and undone; or why it cannot be. */
sealed interface FaultPlan {

    /**
     * It can.
     *
     * @param member that it is done to
     * @param orders one after the other
     * @param undo one after the other; empty where nothing stays broken
     */
    record Possible(String member, List<Action> orders, List<Action> undo) implements FaultPlan {
        /** Copies the lists. */
        public Possible {
            Objects.requireNonNull(member, "member");
            orders = List.copyOf(orders);
            undo = List.copyOf(undo);
        }
    }

    /**
     * It cannot.
     *
     * @param why one line
     */
    record Impossible(String why) implements FaultPlan {}
}
