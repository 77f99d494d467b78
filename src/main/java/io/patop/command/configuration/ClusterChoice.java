package io.patop.command.configuration;

import java.util.Optional;

/**
 * Finds the cluster that {@code --cluster} names before the options are parsed: what its entry in the configuration
 * file says are the defaults of other options.
 */
public final class ClusterChoice {

    private ClusterChoice() {}

    /** Returns the name; empty where none is named, and for a fleet, which reads its file by itself. */
    public static Optional<String> named(String... arguments) {
        for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
            String word = arguments[i];
            if (word.equals("fleet")) {
                return Optional.empty();
            }
            if (word.startsWith("--cluster=")) {
                return Optional.of(word.substring("--cluster=".length()));
            }
            if ((word.equals("--cluster") || word.equals("-C")) && i + 1 < arguments.length) {
                return Optional.of(arguments[i + 1]);
            }
        }
        return Optional.empty();
    }
}
