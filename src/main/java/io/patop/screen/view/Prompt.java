package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line that is being typed: a filter, a command, an address.
 *
 * @param mark the text before the line, which tells its purpose
 * @param text what has been typed so far
 * @param cursor where the next letter goes: 0 to the text's length
 * @param purpose what is done with the line
 */
public record Prompt(String mark, String text, int cursor, Purpose purpose) {

    private static final int LONGEST = 200;

    /** What is done with a line while it is typed, when it is entered, and when it is dropped. */
    public interface Purpose {

        /** Called when the line has changed. */
        default void typed(String text) {}

        /** Called when Enter was pressed. */
        void entered(String text);

        /** Called for another key, such as an arrow; returns the text that replaces the present one, if any. */
        default Optional<String> pressed(KeyStroke stroke, String text) {
            return Optional.empty();
        }

        /** Called when Esc was pressed. */
        default void dropped() {}
    }

    /** Makes a line with the cursor at its end. */
    public Prompt(String mark, String text, Purpose purpose) {
        this(mark, text, text.length(), purpose);
    }

    /** Makes an empty line that matters only when it is entered. */
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

    /** Returns the line without the letter under the cursor. */
    public Prompt deleted() {
        return cursor == text.length()
                ? this
                : new Prompt(mark, text.substring(0, cursor) + text.substring(cursor + 1), cursor, purpose);
    }

    /** Returns the line with the cursor moved, at most to the text's beginning or end. */
    public Prompt moved(int columns) {
        return new Prompt(mark, text, Math.max(0, Math.min(text.length(), cursor + columns)), purpose);
    }

    /** Returns the line with another text, cut to the longest that is allowed. */
    public Prompt replaced(String other) {
        return new Prompt(mark, other.substring(0, Math.min(LONGEST, other.length())), purpose);
    }
}
