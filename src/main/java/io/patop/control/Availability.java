package io.patop.control;

import io.patop.watch.model.Action;
import java.util.Objects;

/** The availability of an action: the action itself, or the reason why it is not available now. */
public sealed interface Availability {

    /**
     * The action is available.
     *
     * @param action to be confirmed and then done
     */
    record Possible(Action action) implements Availability {
        public Possible {
            Objects.requireNonNull(action, "action");
        }
    }

    /**
     * The action is not available.
     *
     * @param why the reason in one line
     */
    record Impossible(String why) implements Availability {
        public Impossible {
            Objects.requireNonNull(why, "why");
        }
    }
}
