package io.patop.command.shell;

import io.patop.text.Printable;

/** Ends a command with one line for the person and an exit code. */
public final class CommandFailure extends RuntimeException {

    private static final String PATOP = "patop: ";

    /** The prefix of each message of patronictl's own, as click prints it there. */
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

    /** Makes an error in patronictl's words, which scripts and people know. */
    public static CommandFailure ofPatronictl(String message) {
        return ofPatronictl(ExitCode.FAILED, message);
    }

    /** Makes an error in patronictl's words, with an exit code of patop's. */
    public static CommandFailure ofPatronictl(int exitCode, String message) {
        return new CommandFailure(exitCode, PATRONICTL, message, false);
    }

    /** Makes the error for an input that ended before an answer, in click's words. Nothing was done. */
    static CommandFailure aborted() {
        return new CommandFailure(ExitCode.FAILED, "", "Aborted!", false);
    }

    /** Makes the error for a wrong command line; it is printed with the usage. */
    static CommandFailure misuse(String message) {
        return new CommandFailure(ExitCode.USAGE, PATOP, message, true);
    }

    public boolean isMisuse() {
        return misuse;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Returns the line for standard error. */
    public String line() {
        return before + Printable.line(Printable.message(this));
    }
}
