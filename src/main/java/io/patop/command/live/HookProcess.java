package io.patop.command.live;

import io.patop.net.ProgramEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell command that ends with patop, together with everything it has started, however patop ends. A shell beside
 * it waits for the end of patop's pipe, which the system closes even after {@code kill -9}, and then ends the process
 * group of both. The command gets none of patop's own secrets.
 */
final class HookProcess implements AutoCloseable {

    /**
     * Runs {@code $1} with the first line of the input. With setsid the command has a process group of its own, which
     * is ended as a whole; without setsid (macOS) only the shell that runs it is ended, since the group is patop's.
     */
    private static final String SCRIPT =
            """
            IFS= read -r event
            exec 3<&0
            /bin/sh -c "$1" 3<&- <<EOF &
            $event
            EOF
            command=$!
            { cat > /dev/null; kill -KILL "${2:-$command}"; } <&3 2> /dev/null > /dev/null &
            wait "$command"
            """;

    private final Process process;
    private final boolean inGroup;

    private HookProcess(Process process, boolean inGroup) {
        this.process = process;
        this.inGroup = inGroup;
    }

    /**
     * Starts the command.
     *
     * @param command the command for {@code /bin/sh -c}
     * @param line its input
     */
    static HookProcess start(String command, String line) throws IOException {
        HookProcess started;
        try {
            started = started(List.of("setsid", "/bin/sh", "-c", SCRIPT, "patop-hook", command, "0"), true);
        } catch (IOException noSetsid) {
            started = started(List.of("/bin/sh", "-c", SCRIPT, "patop-hook", command), false);
        }
        started.feed(line);
        return started;
    }

    private static HookProcess started(List<String> command, boolean inGroup) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        ProgramEnvironment.removeSecrets(builder.environment());
        return new HookProcess(builder.start(), inGroup);
    }

    private void feed(String line) {
        // An event is far smaller than a pipe, so this does not wait for the command to read.
        String fits = line.length() < 30_000 ? line : "{}";
        OutputStream in = process.getOutputStream();
        try {
            in.write((fits + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException notRead) {
            // The command need not read its input; its exit code tells whether it failed.
            return;
        }
    }

    /** Returns whether the command has ended; waits at most this long for it. */
    boolean hasEnded(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    int exitValue() {
        return process.exitValue();
    }

    InputStream errors() {
        return process.getErrorStream();
    }

    /** Ends the command and everything that it has started. */
    @Override
    public void close() {
        if (!inGroup) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // Closing the pipe is what ends the rest, whatever was left in it.
            return;
        }
    }
}
