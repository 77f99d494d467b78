package io.patop.sim.core;

import java.util.OptionalInt;

/**
 * The simulated PostgreSQL's version, and how Patroni reads one (postgres_version_to_int).
 */
public final class ServerVersion {
    public static final int NUMBER = 150020;
    public static final String TEXT = "15.20";

    private ServerVersion() {}

    /** {@code 15.3} as 150003, {@code 9.6.1} as 90601; empty if it is no version. */
    public static OptionalInt parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length < 2 || parts.length > 3) {
            return OptionalInt.empty();
        }
        int number = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,2}")) {
                return OptionalInt.empty();
            }
            number = number * 100 + Integer.parseInt(part);
        }
        return OptionalInt.of(parts.length == 2 ? number / 100 * 10_000 + number % 100 : number);
    }
}
