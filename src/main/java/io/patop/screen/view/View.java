package io.patop.screen.view;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Key;
import java.util.List;
import java.util.Optional;

/**
 * One page of the dashboard: draws a {@link Scene}, and handles the keys that work only on it. A view keeps its own
 * selection and scroll position; it is used by the screen's thread alone.
 */
public interface View {

    /** Returns the view's name in the line of views. */
    String title();

    /** Returns the words that open the view after {@code :}, besides its title. */
    default List<String> aliases() {
        return List.of();
    }

    /** Returns the key that opens the view from everywhere, if it has one instead of a digit. */
    default Optional<Key> opener() {
        return Optional.empty();
    }

    /** Shows what that name names on this view, as after {@code :}; returns false if it names nothing there. */
    default boolean choose(String name, Scene scene) {
        return false;
    }

    /** Draws the view on the part of the screen between header and status line. */
    void draw(Canvas canvas, Scene scene);

    /** Called before each frame in which the view is shown, except while the display is held. Must not wait. */
    default void keepUp(Scene scene) {}

    /** Moves the selection or scrolls, down if positive, at most to the first or last row. */
    void move(int rows, Scene scene);

    /** Returns the member that the keys for members act on, if there is one. */
    default Optional<String> member(Scene scene) {
        return Optional.empty();
    }

    /**
     * Returns what is copied from this view, if it is not the text of the selected row.
     *
     * @return text without secrets; it goes to the terminal's clipboard
     */
    default Optional<String> copied(Scene scene) {
        return Optional.empty();
    }

    /** Returns the keys of this view in the order of the footer. They come before the keys that work everywhere. */
    default List<ViewKey> keys() {
        return List.of();
    }

    /** Returns whether the keys that act on a member work here. */
    default boolean hasMembers() {
        return false;
    }
}
