package io.patop.sim.core;

import java.util.OptionalInt;

/** The simulated PostgreSQL's version, and Patroni's way to read one (postgres_version_to_int). */
public final class ServerVersion {
    public static final int NUMBER = 150020;
    public static final String TEXT = "15.20";

    private ServerVersion() {}

    /** Returns 150003 for {@code 15.3}, 90601 for {@code 9.6.1}; empty if the text is no version. */
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
