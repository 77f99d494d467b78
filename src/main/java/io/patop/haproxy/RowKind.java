package io.patop.haproxy;

import java.util.Locale;

/** What a line of the statistics is about: HAProxy's column {@code type}. */
public enum RowKind {
    /** A frontend, which takes connections. */
    FRONTEND,
    /** A backend, which is the sum of its servers. */
    BACKEND,
    /** One server of a backend. */
    SERVER,
    /** One address of a frontend, with {@code option socket-stats}. */
    LISTENER,
    /** A type that this version of patop does not know. */
    OTHER;

    static RowKind of(String type) {
        return switch (type) {
            case "0" -> FRONTEND;
            case "1" -> BACKEND;
            case "2" -> SERVER;
            case "3" -> LISTENER;
            default -> OTHER;
        };
    }

    /** Returns the kind as a word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
