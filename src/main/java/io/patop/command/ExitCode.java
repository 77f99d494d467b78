package io.patop.command;

/** What the process tells the shell; scripts depend on it. */
final class ExitCode {

    /** Done. */
    static final int DONE = 0;

    /** What was asked for failed, or the cluster refused it. */
    static final int FAILED = 1;

    /** The command line or a configuration file is wrong. */
    static final int USAGE = 2;

    /** Nothing that was asked could be reached. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
