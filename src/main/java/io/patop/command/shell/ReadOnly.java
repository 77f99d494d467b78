package io.patop.command.shell;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --read-only}, before a command or after it: it refuses every change. */
public final class ReadOnly {

    @Option(
            names = "--read-only",
            defaultValue = "${env:PATOP_READ_ONLY:-false}",
            description = "Change nothing: what would is refused. [PATOP_READ_ONLY]")
    private boolean here;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Returns whether nothing may be changed. */
    public boolean isOn() {
        return isOn(command);
    }

    /**
     * Returns whether the option is given here or in the environment, regardless of the options before the command.
     */
    public boolean isHere() {
        return here;
    }

    /** Fails if nothing may be changed. To be called before anything is asked or sent. */
    public void check() {
        check(command);
    }

    /** Does the check inside another mixin, which alone knows the command that it is mixed into. */
    void check(CommandSpec mixee) {
        if (isOn(mixee)) {
            String name =
                    mixee.qualifiedName(" ").replaceFirst("^" + mixee.root().name() + " ", "");
            throw new CommandFailure(
                    ExitCode.USAGE, "read-only: " + name + " would change the cluster, so nothing was sent");
        }
    }

    /** Returns whether nothing may be changed, for the command that another mixin is mixed into. */
    boolean isOn(CommandSpec mixee) {
        return here || (mixee.root().userObject() instanceof Program root && root.isReadOnly());
    }
}
