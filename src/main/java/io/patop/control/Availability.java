package io.patop.control;

import io.patop.watch.model.Action;
import java.util.Objects;
import java.util.Optional;

/** Whether something can be done now, and if not, why not, in words for the person who asked for it. */
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
     * It can.
     *
     * @param action to be confirmed and then done
     */
    record Possible(Action action) implements Availability {
        /** Checks that it is there. */
        public Possible {
            Objects.requireNonNull(action, "action");
        }

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
     * It cannot.
     *
     * @param why one line
     */
    record Impossible(String why) implements Availability {
        /** Checks that it is there. */
        public Impossible {
            Objects.requireNonNull(why, "why");
        }

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
