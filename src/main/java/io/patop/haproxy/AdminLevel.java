package io.patop.haproxy;

import java.util.Locale;

/** What a stats socket permits: the {@code level} of its line in HAProxy's configuration. */
public enum AdminLevel {
    /** Everything. */
    ADMIN,
    /** Statistics, and clearing their maxima. */
    OPERATOR,
    /** Statistics. */
    USER,
    /** Unknown: the socket cannot tell (before 1.8); a command will show. */
    UNKNOWN,
    /** No socket: the statistics page takes no commands from patop. */
    NONE;

    /** Returns the level by the answer to {@code show cli level}. */
    static AdminLevel of(String answer) {
        return switch (answer.strip().toLowerCase(Locale.ROOT)) {
            case "admin" -> ADMIN;
            case "operator" -> OPERATOR;
            case "user" -> USER;
            default -> UNKNOWN;
        };
    }
}
