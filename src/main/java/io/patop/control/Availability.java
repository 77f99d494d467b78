package io.patop.control;

import io.patop.watch.model.Action;
import java.util.Optional;

/** The availability of an action: the action itself, or the reason why it is not available now. */
public sealed interface Availability {

    /** What can be done; empty where it cannot. */
    Optional<Action> offer();

    /** Why it cannot, in one line; empty where it can. */
    Optional<String> hindrance();

    /** Whether it can be done. */
    default boolean isPossible() {
        return offer().isPresent();
    }

    /**
     * The action is available.
     *
     * @param action to be confirmed and then done
     */
    record Possible(Action action) implements Availability {

        @Override
        public Optional<Action> offer() {
            return Optional.of(action);
        }

        @Override
        public Optional<String> hindrance() {
            return Optional.empty();
        }
    }

    /**
     * The action is not available.
     *
     * @param why the reason in one line
     */
    record Impossible(String why) implements Availability {

        @Override
        public Optional<Action> offer() {
            return Optional.empty();
        }

        @Override
        public Optional<String> hindrance() {
            return Optional.of(why);
        }
    }
}
