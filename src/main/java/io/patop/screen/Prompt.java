package io.patop.screen;

import java.util.function.Consumer;

/**
 * A line that is being typed: a filter, a command, an address.
 *
 * @param mark before it, which tells what it is for
 * @param text so far
 * @param purpose what comes of it
 */
record Prompt(String mark, String text, Purpose purpose) {

    private static final int LONGEST = 200;

    /** What comes of a line: while it is typed, at its end, or when it is put away. */
    interface Purpose {

        /** It has changed. */
        default void typed(String text) {}

        /** Enter was pressed. */
        void entered(String text);

        /** Esc was pressed. */
        default void dropped() {}
    }

    /** An empty line of which only the end counts. */
    static Prompt of(String mark, Consumer<String> entered) {
        return new Prompt(mark, "", entered::accept);
    }

    Prompt typed(char character) {
        return text.length() >= LONGEST ? this : new Prompt(mark, text + character, purpose);
    }

    Prompt erased() {
        return text.isEmpty() ? this : new Prompt(mark, text.substring(0, text.length() - 1), purpose);
    }
}
