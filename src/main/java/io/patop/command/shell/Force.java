package io.patop.command.shell;

import picocli.CommandLine.Option;

/** The options that answer every question beforehand, under the names that other programs give them. */
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

    /** Returns whether patronictl's own option was given, which means more to some commands. */
    public boolean isForced() {
        return force;
    }

    /** Fails if a question would be asked and nobody can answer. */
    public void requireAnswer() {
        if (!isGiven() && !Terminals.input()) {
            throw new CommandFailure(ExitCode.USAGE, "there is no terminal to ask on: say --force");
        }
    }
}
