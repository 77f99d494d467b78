package io.patop.command.shell;

/** The exit codes of patop; scripts depend on them. */
public final class ExitCode {

    public static final int DONE = 0;

    /** What was asked for failed, or the cluster refused it. */
    public static final int FAILED = 1;

    /** The command line or a configuration file is wrong. */
    public static final int USAGE = 2;

    /** Nothing that was asked could be reached. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
