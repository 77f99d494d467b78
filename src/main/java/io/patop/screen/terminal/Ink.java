package io.patop.screen.terminal;

/** What a piece of text means; {@link Theme} decides how that looks. Meaning is never told by colour alone. */
public enum Ink {
    /** Ordinary text. */
    TEXT,
    /** Labels, rules, and less important text. */
    DIM,
    /** Column titles and the program's name. */
    TITLE,
    /** The leader. */
    LEADER,
    /** Good: it works. */
    GOOD,
    /** Warning: it needs attention. */
    WARNING,
    /** Bad: it is broken. */
    BAD,
    /** Old or unknown. */
    STALE,
    /** The name of a field of JSON. */
    NAME,
    /** A string of JSON. */
    STRING,
    /** A number of JSON. */
    NUMBER,
    /** {@code true}, {@code false} and {@code null}. */
    WORD,
    /** A key to press. */
    KEY,
    /** The selected row. */
    SELECTED,
    /** A dialog's text. */
    DIALOG,
    /** A dialog that asks before something is broken. */
    DANGER
}
