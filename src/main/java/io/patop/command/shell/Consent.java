package io.patop.command.shell;

import io.patop.text.Printable;
import java.util.Locale;
import java.util.Scanner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The options by which a person allows a command to change something, or forbids it; and the question in between. */
public final class Consent {

    @Mixin
    private Force force;

    @Mixin
    private ReadOnly readOnly;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Fails if nothing may be changed. To be called before anything is asked or sent. */
    public void requireWritable() {
        requireWritable(command);
    }

    /** Returns whether nothing may be changed. */
    public boolean forbidsChanges() {
        return readOnly.isOn(command);
    }

    /** Does the check inside another mixin, which alone knows the command that it is mixed into. */
    public void requireWritable(CommandSpec mixee) {
        readOnly.check(mixee);
    }

    /**
     * Returns whether the person says yes, or has said so by an option; says on standard error if not.
     *
     * @param question question without its question mark, e.g. {@code Scale a=0}
     */
    public boolean isGiven(String question) {
        force.requireAnswer();
        if (force.isGiven()) {
            return true;
        }
        System.out.print(Printable.line(question) + "? [y/N] ");
        System.out.flush();
        Scanner keyboard = new Scanner(System.in, Terminals.charset());
        String answer = keyboard.hasNextLine() ? keyboard.nextLine().strip().toLowerCase(Locale.ROOT) : "";
        boolean given = answer.equals("y") || answer.equals("yes");
        if (!given) {
            System.err.println("patop: nothing was done");
        }
        return given;
    }
}
