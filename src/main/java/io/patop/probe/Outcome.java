package io.patop.probe;

/** What became of a write, as far as its writer can know. */
public enum Outcome {
    /** The server confirmed the commit. */
    ACKNOWLEDGED("acknowledged"),
    /** The server said no, or no connection was to be had: the row is not there. */
    REFUSED("refused"),
    /** The connection broke, or time ran out, with the statement on its way: the row may be there or not. */
    UNKNOWN("unknown");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** The outcome in a word. */
    public String text() {
        return words;
    }
}
