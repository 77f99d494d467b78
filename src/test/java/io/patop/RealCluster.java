package io.patop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Patroni cluster in a Swarm of a Docker Engine of the tests' own, by the files that people use
 * ({@code dist/stack}, {@code dist/Dockerfile}). Runs where {@code PATOP_CLUSTER_TESTS} is set: with
 * {@code required}, as in CI, the tests fail where it cannot be had; elsewhere they are skipped.
 */
public final class RealCluster implements AutoCloseable {

    private static final Duration SETTING_UP = Duration.ofMinutes(8);
    private static final Duration HEALTH = Duration.ofMinutes(3);

    private final Path directory;
    private final String socket;

    private RealCluster(Path directory, String socket) {
        this.directory = directory;
        this.socket = socket;
    }

    /** Skips the test where nobody has asked for a real cluster. */
    static void assumeWanted() {
        assumeTrue(
                System.getenv("PATOP_CLUSTER_TESTS") != null,
                "no real cluster: set PATOP_CLUSTER_TESTS=yes (needs root, Docker and a few minutes)");
    }

    static RealCluster start(Path directory) throws IOException {
        String host = run(SETTING_UP, engine("start", "--private", directory.toString()))
                .strip();
        RealCluster cluster = new RealCluster(directory, host.replaceFirst("^unix://", ""));
        try {
            cluster.inside(
                    SETTING_UP,
                    "env",
                    "PATOP_STACK_TTL=20",
                    "PATOP_STACK_LOOP_WAIT=2",
                    "PATOP_STACK_RETRY_TIMEOUT=3",
                    "dist/stack/up",
                    "--yes",
                    "--timeout",
                    "180");
            cluster.inside(SETTING_UP, "src/test/cluster/image", "patop");
            return cluster;
        } catch (IOException | RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** Returns when a leader leads two replicas, and no member of a test before is left in the DCS. */
    public void awaitHealth() throws IOException {
        Instant end = Instant.now().plus(HEALTH);
        String told = patronictlList();
        while (!isHealthy(told)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the real cluster is not healthy after " + HEALTH + ":\n" + told);
            }
            LockSupport.parkNanos(500_000_000);
            told = patronictlList();
        }
    }

    private static boolean isHealthy(String list) {
        return list.matches("(?s).*Leader\\s*\\|\\s*running.*")
                && list.split("(Replica|Sync Standby)\\s*\\|\\s*(streaming|running)", -1).length == 3
                && list.lines().filter(line -> line.startsWith("| patroni")).count() == 3;
    }

    /** What patronictl says on the first node that runs; empty if none does. */
    private String patronictlList() throws IOException {
        return inside(
                Duration.ofSeconds(60),
                "sh",
                "-c",
                "for node in $(docker ps -q -f name=patroni_patroni); do"
                        + " timeout 20 docker exec $node patronictl list 2>&1 && break; done; true");
    }

    /** The engine's API socket, in the file system of this machine. */
    public String socket() {
        return socket;
    }

    /** What the command printed, run where the engine's ports and sockets are. */
    public String inside(Duration bound, String... command) throws IOException {
        List<String> all = new ArrayList<>(engine("run", directory.toString()));
        all.addAll(List.of(command));
        return run(bound, all);
    }

    /** What goes before a shell command that is to run where the engine's ports and sockets are. */
    public String beside() {
        return String.join(" ", engine("run", directory.toString()));
    }

    /** The shell command line that runs patop's container on the cluster's network. */
    public String patop() {
        return beside() + " docker run --rm -ti --network=patroni_patroni" + " -v " + socket
                + ":/var/run/docker.sock patop";
    }

    @Override
    public void close() throws IOException {
        run(Duration.ofMinutes(3), engine("stop", directory.toString()));
        Files.deleteIfExists(directory);
    }

    /** What the command printed; fails if it ends otherwise than with 0. */
    public static String run(Duration bound, List<String> command) throws IOException {
        Path printed = Files.createTempFile("patop-it", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("no end within " + bound + ": " + command + "\n" + read(printed));
            }
            assertThat(process.exitValue()).as("%s%n%s", command, read(printed)).isZero();
            return read(printed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + command, interrupted);
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    private static List<String> engine(String... arguments) {
        List<String> command = new ArrayList<>(List.of("src/test/cluster/engine"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
