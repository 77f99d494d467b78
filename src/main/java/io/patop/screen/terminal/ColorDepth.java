package io.patop.screen.terminal;

import java.util.Locale;
import java.util.Map;

/** How many colours the terminal shows. */
public enum ColorDepth {
    /** No colours: bold, underlined and reversed only. */
    NONE,
    /** The 16 colours of ANSI. */
    SIXTEEN,
    /** The 256 colours of xterm. */
    INDEXED,
    /** Colours of 24 bits. */
    TRUE_COLOR;

    /**
     * Returns the depth that the environment tells: {@code COLORTERM}, then {@code TERM}. {@code NO_COLOR} (any text)
     * means none.
     */
    public static ColorDepth of(Map<String, String> environment) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return NONE;
        }
        String colorTerm = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
        String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        if (colorTerm.equals("truecolor") || colorTerm.equals("24bit") || term.endsWith("-direct")) {
            return TRUE_COLOR;
        }
        if (term.contains("256")) {
            return INDEXED;
        }
        return term.isEmpty() || term.equals("dumb") || term.startsWith("vt") || term.endsWith("-m") ? NONE : SIXTEEN;
    }
}
