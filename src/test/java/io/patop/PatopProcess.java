package io.patop;

import io.patop.command.Patop;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as a process of its own, that sees nothing of this machine but what its arguments name. */
public final class PatopProcess {

    private static final Path ISOLATED = Path.of("src/test/isolated/bin/java").toAbsolutePath();

    private PatopProcess() {}

    /**
     * One that is ready to be started, with an empty standard input.
     *
     * @param options for Java
     * @param arguments of the program
     */
    public static ProcessBuilder with(List<String> options, List<String> arguments) {
        // Where the tests run without a terminal SIGHUP and SIGINT may be ignored, and Java then leaves them so.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal",
                ISOLATED.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath()));
        command.addAll(options);
        command.add(Patop.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment()
                .put("PATOP_TEST_JAVA", ProcessHandle.current().info().command().orElseThrow());
        return builder;
    }

    /** Surefire's own class path holds nothing but a jar that names this one. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
