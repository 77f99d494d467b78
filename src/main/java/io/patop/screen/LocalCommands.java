package io.patop.screen;

import io.patop.control.LocalCommand;
import io.patop.control.Playback;
import io.patop.screen.terminal.Picture;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What works behind the screen for the person in front of it: writes files, winds a replay. Nothing here makes the
 * screen wait; what comes of a chore is told by {@link DashboardScreen#say}.
 */
public interface LocalCommands {

    /** Nobody is there: nothing can be written, and nothing is a replay. */
    LocalCommands NONE = new LocalCommands() {
        @Override
        public void run(LocalCommand command) {
            throw new IllegalArgumentException("nobody runs chores here: " + command);
        }
    };

    /** Takes a chore and returns at once. */
    void run(LocalCommand command);

    /** Where the replay stands; empty where the cluster is live. */
    default Optional<Playback> playback() {
        return Optional.empty();
    }

    /** What is being written, in a word or two each, for the status line. */
    default List<String> underWay() {
        return List.of();
    }

    /** The addresses that are asked first, for as long as none has answered. */
    default List<String> asked() {
        return List.of();
    }

    /** What was being written and cannot be any more, in a word or two each, for the header. */
    default List<String> failed() {
        return List.of();
    }

    /** A frame has been drawn; its picture is made only if it is asked for. */
    default void drawn(Supplier<Picture> picture) {}
}
