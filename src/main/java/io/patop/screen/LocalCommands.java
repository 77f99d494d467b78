package io.patop.screen;

import io.patop.control.LocalCommand;
import io.patop.control.Playback;
import io.patop.screen.terminal.Picture;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs local commands for the person at the screen: writes files, controls a replay. No method may make the screen
 * wait; the outcome is told by {@link DashboardScreen#say}.
 */
public interface LocalCommands {

    /** Runs nothing: no file can be written, and nothing is replayed. */
    LocalCommands NONE = new LocalCommands() {
        @Override
        public void run(LocalCommand command) {
            throw new IllegalArgumentException("there are no local commands here: " + command);
        }
    };

    /** Starts a command and returns at once. */
    void run(LocalCommand command);

    /** Returns the replay's position; empty if the cluster is live. */
    default Optional<Playback> playback() {
        return Optional.empty();
    }

    /** Returns what is being written, in a word or two each, for the status line. */
    default List<String> underWay() {
        return List.of();
    }

    /** Returns the addresses that are asked first; empty as soon as one has answered. */
    default List<String> asked() {
        return List.of();
    }

    /** Returns what was being written and has failed, in a word or two each, for the header. */
    default List<String> failed() {
        return List.of();
    }

    /** Offers the picture of a frame that has been drawn; the picture is made only if the supplier is called. */
    default void drawn(Supplier<Picture> picture) {}
}
