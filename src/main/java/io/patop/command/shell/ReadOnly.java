package io.patop.command.shell;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --read-only}, before a command or after it: what would change something is refused. */
public final class ReadOnly {

    @Option(
            names = "--read-only",
            defaultValue = "${env:PATOP_READ_ONLY:-false}",
            description = "Change nothing: what would is refused. [PATOP_READ_ONLY]")
    private boolean here;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Whether nothing may be changed. */
    public boolean isOn() {
        return isOn(command);
    }

    /** Whether the option, or the environment, stands here, whatever stands before. */
    public boolean isHere() {
        return here;
    }

    /** Ends a command that may change nothing, before anything is asked or sent. */
    public void check() {
        check(command);
    }

    /** The same inside of another mixin, which alone knows the command that it is mixed into. */
    void check(CommandSpec mixee) {
        if (isOn(mixee)) {
            String name =
                    mixee.qualifiedName(" ").replaceFirst("^" + mixee.root().name() + " ", "");
            throw new CommandFailure(
                    ExitCode.USAGE, "read-only: " + name + " would change the cluster, so nothing was sent");
        }
    }

    private boolean isOn(CommandSpec mixee) {
        return here || (mixee.root().userObject() instanceof Program root && root.isReadOnly());
    }
}
