package io.patop.command.shell;

import io.patop.text.Printable;
import java.util.Locale;
import java.util.Scanner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The options by which a person lets a command change something, or forbids it; and the question between. */
public final class Consent {

    @Mixin
    private Force force;

    @Mixin
    private ReadOnly readOnly;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Refuses where nothing may be changed; the refusal goes before any look at the world. */
    public void requireWritable() {
        requireWritable(command);
    }

    /** The same inside of another mixin, which alone knows the command that it is mixed into. */
    public void requireWritable(CommandSpec mixee) {
        readOnly.check(mixee);
    }

    /**
     * Whether the person says yes, or has said so beforehand; tells on standard error if not.
     *
     * @param question without its mark, e.g. {@code Scale a=0}
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
