package io.patop.probe;

/** The outcome of a write, as far as its writer can know it. */
public enum Outcome {
    /** The server confirmed the commit. */
    ACKNOWLEDGED("acknowledged"),
    /** The server refused it, or no connection could be made: the row does not exist. */
    REFUSED("refused"),
    /** The connection broke or timed out after the statement was sent: the row may exist or not. */
    UNKNOWN("unknown");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** The outcome in one word. */
    public String text() {
        return words;
    }
}
