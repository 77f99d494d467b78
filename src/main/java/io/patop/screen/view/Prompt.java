package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line that is being typed: a filter, a command, an address.
 *
 * @param mark before it, which tells what it is for
 * @param text so far
 * @param cursor where the next letter goes: 0 to the text's length
 * @param purpose what comes of it
 */
public record Prompt(String mark, String text, int cursor, Purpose purpose) {

    private static final int LONGEST = 200;

    /** What comes of a line: while it is typed, at its end, or when it is put away. */
    public interface Purpose {

        /** It has changed. */
        default void typed(String text) {}

        /** Enter was pressed. */
        void entered(String text);

        /** Another key was pressed, such as an arrow: the text that it puts in place of this one, if it does. */
        default Optional<String> pressed(KeyStroke stroke, String text) {
            return Optional.empty();
        }

        /** Esc was pressed. */
        default void dropped() {}
    }

    /** A line with the cursor at its end. */
    public Prompt(String mark, String text, Purpose purpose) {
        this(mark, text, text.length(), purpose);
    }

    /** An empty line of which only the end counts. */
    public static Prompt of(String mark, Consumer<String> entered) {
        return new Prompt(mark, "", entered::accept);
    }

    public Prompt typed(char character) {
        return text.length() >= LONGEST
                ? this
                : new Prompt(mark, text.substring(0, cursor) + character + text.substring(cursor), cursor + 1, purpose);
    }

    public Prompt erased() {
        return cursor == 0
                ? this
                : new Prompt(mark, text.substring(0, cursor - 1) + text.substring(cursor), cursor - 1, purpose);
    }

    /** Without the letter under the cursor. */
    public Prompt deleted() {
        return cursor == text.length()
                ? this
                : new Prompt(mark, text.substring(0, cursor) + text.substring(cursor + 1), cursor, purpose);
    }

    /** With the cursor elsewhere, as far as there are letters. */
    public Prompt moved(int columns) {
        return new Prompt(mark, text, Math.max(0, Math.min(text.length(), cursor + columns)), purpose);
    }

    /** With another text, cut to what a line may have. */
    public Prompt replaced(String other) {
        return new Prompt(mark, other.substring(0, Math.min(LONGEST, other.length())), purpose);
    }
}
