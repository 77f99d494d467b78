package io.patop.command.shell;

import picocli.CommandLine.Option;

/** The options by which a person answers every question beforehand, with the names that other programs give them. */
public final class Force {

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where there is no terminal to ask on.")
    private boolean yes;

    @Option(names = "--force", description = "As --yes, in patronictl's word.")
    private boolean force;

    public boolean isGiven() {
        return yes || force;
    }

    /** Whether it is said in patronictl's word, which to some commands means more. */
    public boolean isForced() {
        return force;
    }

    /** Ends a command that has to ask where nobody can answer. */
    public void requireAnswer() {
        if (!isGiven() && !Terminals.input()) {
            throw new CommandFailure(ExitCode.USAGE, "there is no terminal to ask on: say --force");
        }
    }
}
