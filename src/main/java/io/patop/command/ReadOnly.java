package io.patop.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that makes a command that changes something refuse; before the command or after it. */
final class ReadOnly {

    @Option(
            names = "--read-only",
            defaultValue = "${env:PATOP_READ_ONLY:-false}",
            description = "Refuse. [PATOP_READ_ONLY]")
    private boolean refuse;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Whether nothing may be changed. */
    boolean isOn() {
        return refuse || isSaidBefore(command);
    }

    /** Whether the option, or the environment, stands before that command. */
    static boolean isSaidBefore(CommandSpec command) {
        return command.root().userObject() instanceof Patop patop && patop.isReadOnly();
    }

    /** Ends a command that may change nothing, before anything is asked or sent. */
    void check() {
        if (isOn()) {
            throw new Complaint(
                    ExitCode.USAGE, "read-only: " + command.name() + " would change the cluster, so nothing was sent");
        }
    }
}
