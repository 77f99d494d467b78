package io.patop.command.shell;

/** What the process tells the shell; scripts depend on it. */
public final class ExitCode {

    /** Done. */
    public static final int DONE = 0;

    /** What was asked for failed, or the cluster refused it. */
    public static final int FAILED = 1;

    /** The command line or a configuration file is wrong. */
    public static final int USAGE = 2;

    /** Nothing that was asked could be reached. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
