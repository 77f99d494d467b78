package io.patop.command.shell;

import java.util.List;

/** {@code patop} itself, as its subcommands see it: what was said before their own names. */
public interface Program {

    /** How nodes and engines are reached, by the options before the command. */
    Connection connection();

    /** The process's environment, or a test's. */
    ProcessEnvironment environment();

    /** Whether {@code --read-only} or {@code PATOP_READ_ONLY} forbids every change. */
    boolean isReadOnly();

    /** The names of all subcommands; only those that a command line may be about have been made. */
    List<String> commandNames();
}
