package io.patop.docker;

import io.patop.net.ProgramEnvironment;
import io.patop.text.Printable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A way to the socket of an engine on another machine: ssh forwards a socket in a folder that only this user can enter
 * to it. ssh's own configuration, keys and known hosts count, and it asks for nothing. It ends with patop, however that
 * ends: the command that keeps it open reads from patop, until there is nobody to read from.
 */
final class SshTunnel implements AutoCloseable {

    /** How long nothing is tried after a failure, so that a server that refuses is not asked each second. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final int MOST_COMPLAINT = 4096;

    private final DockerEndpoint.Ssh endpoint;
    private final Map<String, String> environment;
    private Optional<Running> running = Optional.empty();
    private Optional<NotOpen> failed = Optional.empty();
    private long failedAt;
    private boolean closed;

    private record Running(Process process, Path folder) {
        Path socket() {
            return folder.resolve("engine.sock");
        }
    }

    /** There is no way to the engine; the message says why in one line. */
    static final class NotOpen extends IOException {
        private static final long serialVersionUID = 1L;

        NotOpen(String message) {
            super(message);
        }

        /** Whether the other machine does not let this person in. */
        boolean isDenied() {
            String message = Printable.message(this);
            return message.contains("Permission denied") || message.contains("verification failed");
        }
    }

    /**
     * A way that is opened when it is first needed.
     *
     * @param endpoint the engine
     * @param environment in which ssh runs, less what was given to patop alone
     */
    SshTunnel(DockerEndpoint.Ssh endpoint, Map<String, String> environment) {
        this.endpoint = endpoint;
        this.environment = Map.copyOf(environment);
    }

    /** Opens the way if it is not open; returns the socket on this side. Waits until an interrupt at most. */
    Path open() throws IOException {
        Running begun = begun();
        while (!Files.exists(begun.socket())) {
            if (hasEnded(begun)) {
                throw ended(begun);
            }
        }
        if (!begun.process().isAlive()) {
            throw ended(begun);
        }
        return begun.socket();
    }

    private static boolean hasEnded(Running begun) throws InterruptedIOException {
        try {
            return begun.process().waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("ssh has not logged in yet");
        }
    }

    private synchronized Running begun() throws IOException {
        if (running.filter(one -> one.process().isAlive()).isPresent()) {
            return running.get();
        }
        if (closed) {
            throw new NotOpen("it was closed");
        }
        if (failed.isPresent() && System.nanoTime() - failedAt < REST.toNanos()) {
            throw failed.get();
        }
        if (running.isPresent()) {
            throw ended(running.get());
        }
        running = Optional.of(start());
        return running.get();
    }

    private Running start() throws IOException {
        Path folder = Files.createTempDirectory("patop-ssh");
        try {
            return new Running(process(folder), folder);
        } catch (IOException noSsh) {
            Files.deleteIfExists(folder.resolve("said"));
            Files.deleteIfExists(folder);
            throw new NotOpen("ssh cannot be run: " + Printable.message(noSsh));
        }
    }

    private Process process(Path folder) throws IOException {
        List<String> command = new ArrayList<>(
                // A process group of its own: Ctrl-C is for patop, and there is no terminal to ask on.
                new File("/usr/bin/setsid").canExecute() ? List.of("/usr/bin/setsid") : List.of());
        command.addAll(List.of("ssh", "-T"));
        for (String option : List.of(
                "BatchMode=yes",
                "ConnectTimeout=5",
                "ControlPath=none",
                "ExitOnForwardFailure=yes",
                "ServerAliveInterval=15")) {
            command.addAll(List.of("-o", option));
        }
        endpoint.port().ifPresent(port -> command.addAll(List.of("-p", String.valueOf(port))));
        command.addAll(List.of("-L", folder.resolve("engine.sock") + ":" + endpoint.socket()));
        command.add(endpoint.destination().replace("[", "").replace("]", ""));
        command.add("cat");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("said").toFile());
        ProgramEnvironment.replace(builder.environment(), environment);
        return builder.start();
    }

    /** Forgets a way that has ended, and says why it did. */
    private synchronized NotOpen ended(Running begun) {
        NotOpen why = new NotOpen("ssh ended: " + complaint(begun));
        if (running.filter(begun::equals).isPresent()) {
            running = Optional.empty();
            failed = Optional.of(why);
            failedAt = System.nanoTime();
            remove(begun);
        }
        return why;
    }

    private static String complaint(Running begun) {
        try (InputStream said = Files.newInputStream(begun.folder().resolve("said"))) {
            return new String(said.readNBytes(MOST_COMPLAINT), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((earlier, later) -> later)
                    .orElse("it did not say why");
        } catch (IOException none) {
            return "it did not say why";
        }
    }

    private static void remove(Running begun) {
        begun.process().destroy();
        for (String name : List.of("engine.sock", "said", "")) {
            try {
                Files.deleteIfExists(begun.folder().resolve(name));
            } catch (IOException left) {
                // A folder of a few bytes below the temporary ones is left.
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.ifPresent(SshTunnel::remove);
        running = Optional.empty();
    }
}
