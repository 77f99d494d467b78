package io.patop.control;

import io.patop.watch.model.Action;
import java.util.Objects;

/** Whether something can be done now, and if not, why not, in words for the person who asked for it. */
public sealed interface Availability {

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
    }
}
