package io.patop.command;

/** The end of a command with one line for the person who gave it, and an exit code. */
final class Complaint extends RuntimeException {

    private final int exitCode;

    Complaint(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
