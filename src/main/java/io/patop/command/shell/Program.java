package io.patop.command.shell;

import java.util.List;
import java.util.Optional;

/** {@code patop} as its subcommands see it: the options before the subcommand's name. */
public interface Program {

    /** Returns the options for reaching nodes and engines. */
    Connection connection();

    /** Returns the process's environment, or a test's. */
    ProcessEnvironment environment();

    /** Returns whether {@code --read-only} or {@code PATOP_READ_ONLY} forbids every change. */
    boolean isReadOnly();

    /** Returns the cluster of the configuration file that {@code --cluster} names. */
    Optional<String> clusterName();

    /** Returns the names of all subcommands. Only those that the command line may refer to have been made. */
    List<String> commandNames();
}
