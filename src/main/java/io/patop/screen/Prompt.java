package io.patop.screen;

/**
 * A line that is being typed: a filter or a command.
 *
 * @param kind which
 * @param text so far
 */
record Prompt(Kind kind, String text) {

    enum Kind {
        FILTER("/"),
        COMMAND(":");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    private static final int LONGEST = 200;

    Prompt typed(char character) {
        return text.length() >= LONGEST ? this : new Prompt(kind, text + character);
    }

    Prompt erased() {
        return new Prompt(kind, text.isEmpty() ? text : text.substring(0, text.length() - 1));
    }
}
