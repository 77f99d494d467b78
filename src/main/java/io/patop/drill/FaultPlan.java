package io.patop.drill;

import io.patop.watch.model.Action;
import java.util.List;

/** The plan of a fault on a member and of undoing it, or the reason why the fault cannot be carried out now. */
sealed interface FaultPlan {

    /**
     * The fault can be carried out.
     *
     * @param member the member that it is aimed at
     * @param orders the actions, one after the other
     * @param undo the actions that undo it, one after the other; empty if nothing stays broken
     */
    record Possible(String member, List<Action> orders, List<Action> undo) implements FaultPlan {
        public Possible {
            orders = List.copyOf(orders);
            undo = List.copyOf(undo);
        }
    }

    /**
     * The fault cannot be carried out.
     *
     * @param why the reason in one line
     */
    record Impossible(String why) implements FaultPlan {}
}
