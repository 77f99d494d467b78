package io.patop.command.shell;

import java.io.InputStream;
import java.util.Map;

/**
 * What a command gets from outside besides its options; tests give it something else.
 *
 * @param input standard input: answers to questions, or a file
 * @param variables the environment variables
 * @param onTerminal whether standard output is a terminal
 */
public record ProcessEnvironment(InputStream input, Map<String, String> variables, boolean onTerminal) {

    public ProcessEnvironment {
        variables = Map.copyOf(variables);
    }

    public static ProcessEnvironment ofTheProcess() {
        return new ProcessEnvironment(System.in, System.getenv(), Terminals.output());
    }
}
