package io.patop.command;

/** The program's entry. */
public final class Patop {
    private Patop() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        System.out.println("patop");
    }
}
