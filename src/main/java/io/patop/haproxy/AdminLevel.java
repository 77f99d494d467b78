package io.patop.haproxy;

import java.util.Locale;

/** What a stats socket lets us do: the {@code level} of its line in HAProxy's configuration. */
public enum AdminLevel {
    /** Everything. */
    ADMIN,
    /** Statistics, and clearing their maxima. */
    OPERATOR,
    /** Statistics. */
    USER,
    /** A socket that cannot tell (before 1.8); a command will show. */
    UNKNOWN,
    /** No socket at all: the statistics page takes no commands from here. */
    NONE;

    /** By the answer to {@code show cli level}. */
    static AdminLevel of(String answer) {
        return switch (answer.strip().toLowerCase(Locale.ROOT)) {
            case "admin" -> ADMIN;
            case "operator" -> OPERATOR;
            case "user" -> USER;
            default -> UNKNOWN;
        };
    }

    /** Whether commands that change servers may be tried. */
    public boolean mayChange() {
        return this == ADMIN || this == UNKNOWN;
    }
}
