package io.patop.command;

import java.io.InputStream;
import java.util.Map;

/**
 * What a command is given from outside, beside its options: who calls it can give it something else.
 *
 * @param input standard input: answers to questions, or a file
 * @param environment variables
 * @param onTerminal whether standard output is a terminal
 */
record Surroundings(InputStream input, Map<String, String> environment, boolean onTerminal) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    static Surroundings ofTheProcess() {
        return new Surroundings(System.in, System.getenv(), Terminals.output());
    }
}
