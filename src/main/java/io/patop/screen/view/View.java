package io.patop.screen.view;

import io.patop.screen.terminal.Canvas;
import java.util.List;
import java.util.Optional;

/**
 * One page of the dashboard: draws what a {@link Scene} holds, and takes the keys that mean something only on
 * it. Where the person is in it (a selection, how far it is scrolled) is its own; used by the screen's thread
 * alone.
 */
public interface View {

    /** What the line of views calls it. */
    String title();

    /** The words that call it after {@code :}, besides its title. */
    default List<String> aliases() {
        return List.of();
    }

    /** Draws it on the part of the screen between header and status line. */
    void draw(Canvas canvas, Scene scene);

    /** Called before each frame in which it is shown, but while the display is held. Must not wait. */
    default void keepUp(Scene scene) {}

    /** Moves the selection, or scrolls; down if positive. As far as there is something. */
    void move(int rows, Scene scene);

    /** The member that the keys for members mean here, if there is one. */
    default Optional<String> member(Scene scene) {
        return Optional.empty();
    }

    /** The keys of this page alone, in the order of the footer. They go before the keys that work everywhere. */
    default List<ViewKey> keys() {
        return List.of();
    }

    /** Whether the keys that stop, start, and do more to a member work here. */
    default boolean hasMembers() {
        return false;
    }
}
