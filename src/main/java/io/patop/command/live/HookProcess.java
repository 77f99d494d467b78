package io.patop.command.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell command that ends with patop, with all that it has started, however patop ends. A shell beside it waits
 * for the end of patop's pipe, which the system closes even after a {@code kill -9}, and then ends the group that
 * both are in. The command gets none of patop's own secrets.
 */
final class HookProcess implements AutoCloseable {

    /**
     * Runs {@code $1} with the first line of the input. A group of its own, by setsid, is ended as a whole; without
     * setsid (macOS) the shell that runs it is, since the group is patop's.
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
     * Starts it.
     *
     * @param command for {@code /bin/sh -c}
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
        // What patop was told, it was told: DSNs, passwords, URLs with logins in them.
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("PATOP_") || name.startsWith("PATRONI_") || name.equals("PGPASSWORD"));
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
            // It need not read what happened; what it does tell is how it ends.
            return;
        }
    }

    /** Whether it has ended, which is waited for as long. */
    boolean hasEnded(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    int exitValue() {
        return process.exitValue();
    }

    InputStream errors() {
        return process.getErrorStream();
    }

    /** Ends it, with all that it has started. */
    @Override
    public void close() {
        if (!inGroup) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // Whatever was in the pipe, it is closed: that is what ends the rest.
            return;
        }
    }
}
