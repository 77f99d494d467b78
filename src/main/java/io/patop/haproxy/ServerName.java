package io.patop.haproxy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a server in a backend, with only the characters that a command may hold: HAProxy's own (letters,
 * digits, {@code - _ . :}). A name from elsewhere with other characters never becomes part of a command.
 *
 * @param backend its backend
 * @param server its name
 */
public record ServerName(String backend, String server) {

    private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9_.:-]+");

    /** Refuses other characters. */
    public ServerName {
        if (!LETTERS.matcher(backend).matches() || !LETTERS.matcher(server).matches()) {
            throw new IllegalArgumentException("not the name of a server in HAProxy's letters");
        }
    }

    /** Parses {@code backend/server}; empty if the text is not of this form. */
    public static Optional<ServerName> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String backend = text.substring(0, slash);
        String server = text.substring(slash + 1);
        return LETTERS.matcher(backend).matches() && LETTERS.matcher(server).matches()
                ? Optional.of(new ServerName(backend, server))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return backend + "/" + server;
    }
}
