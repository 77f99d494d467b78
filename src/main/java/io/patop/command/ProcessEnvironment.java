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
record ProcessEnvironment(InputStream input, Map<String, String> environment, boolean onTerminal) {

    ProcessEnvironment {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    static ProcessEnvironment ofTheProcess() {
        return new ProcessEnvironment(System.in, System.getenv(), Terminals.output());
    }
}
