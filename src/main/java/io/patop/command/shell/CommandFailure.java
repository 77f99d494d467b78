package io.patop.command.shell;

import io.patop.text.Printable;

/** The end of a command with one line for the person who gave it, and an exit code. */
public final class CommandFailure extends RuntimeException {

    private static final String PATOP = "patop: ";

    /** Before each sentence that is patronictl's own, as click prints it there. */
    private static final String PATRONICTL = "Error: ";

    private final int exitCode;
    private final String before;
    private final boolean misuse;

    public CommandFailure(int exitCode, String message) {
        this(exitCode, PATOP, message, false);
    }

    private CommandFailure(int exitCode, String before, String message, boolean misuse) {
        super(message);
        this.exitCode = exitCode;
        this.before = before;
        this.misuse = misuse;
    }

    /** An error in the words of patronictl, which scripts and people know. */
    public static CommandFailure ofPatronictl(String message) {
        return ofPatronictl(ExitCode.FAILED, message);
    }

    /** An error in the words of patronictl, with an exit code of patop's. */
    public static CommandFailure ofPatronictl(int exitCode, String message) {
        return new CommandFailure(exitCode, PATRONICTL, message, false);
    }

    /** The input ended where an answer was wanted, in click's words. Nothing was done. */
    static CommandFailure aborted() {
        return new CommandFailure(ExitCode.FAILED, "", "Aborted!", false);
    }

    /** The command line itself is wrong: told with how it is used. */
    static CommandFailure misuse(String message) {
        return new CommandFailure(ExitCode.USAGE, PATOP, message, true);
    }

    public boolean isMisuse() {
        return misuse;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The line for standard error. */
    public String line() {
        return before + Printable.line(getMessage());
    }
}
