package io.patop.drill;

import io.patop.watch.model.Action;
import java.util.List;
import java.util.Optional;

/** The plan of a fault on a member and of undoing it, or the reason why the fault cannot be carried out now. */
public sealed interface FaultPlan {

    /** What can be carried out; empty where the fault cannot. */
    Optional<Possible> possible();

    /** Why it cannot, in one line; empty where it can. */
    Optional<String> hindrance();

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

        @Override
        public Optional<Possible> possible() {
            return Optional.of(this);
        }

        @Override
        public Optional<String> hindrance() {
            return Optional.empty();
        }
    }

    /**
     * The fault cannot be carried out.
     *
     * @param why the reason in one line
     */
    record Impossible(String why) implements FaultPlan {
        @Override
        public Optional<Possible> possible() {
            return Optional.empty();
        }

        @Override
        public Optional<String> hindrance() {
            return Optional.of(why);
        }
    }
}
