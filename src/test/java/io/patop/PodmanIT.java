package io.patop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * podman's own service by its Docker-compatible socket: a container that has a member's name is killed, frozen and
 * mended through it. The member itself is simulated.
 */
@Timeout(600)
class PodmanIT {

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private Path folder;
    private Path socket;
    private Optional<Process> service = Optional.empty();

    @BeforeEach
    void startContainer(@TempDir Path made) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "no podman");
        folder = made;
        socket = folder.resolve("podman.sock");
        importImage();
        // Not more files and processes than a container that runs the tests may have.
        podman(
                "run",
                "-d",
                "--name",
                "patroni1",
                "--network",
                "none",
                "--ulimit",
                "nofile=1024:1024",
                "--ulimit",
                "nproc=1024:1024",
                "tiny:1",
                "/bin/sleep",
                "1000");
        service = Optional.of(new ProcessBuilder(command("system", "service", "--time=0", "unix://" + socket))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile())
                .start());
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
    }

    @AfterEach
    void removeContainer() throws Exception {
        if (service.isPresent()) {
            podman("rm", "-f", "-t", "0", "patroni1");
            podman("rmi", "-f", "tiny:1");
            service.get().destroy();
            service.get().waitFor();
        }
    }

    @Test
    void aMemberIsKilledFrozenAndMendedByTheSocket() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            Files.writeString(
                    folder.resolve("clusters.yaml"),
                    "clusters:\n  pod: {urls: ['%s'], break: {podman: 'unix://%s'}}\n"
                            .formatted(cluster.nodes().get(0).rest(), socket));

            assertThat(patop("freeze", "-C", "pod", "--yes", "patroni1")).contains("done: freeze container patroni1");
            assertThat(podman("ps", "-a", "--format", "{{.Status}}")).containsIgnoringCase("paused");
            assertThat(patop("mend", "--yes", "--docker-host", "unix://" + socket))
                    .contains("done: thaw container patroni1");
            assertThat(podman("ps", "-a", "--format", "{{.Status}}")).startsWith("Up");
            assertThat(patop("kill", "-C", "pod", "--yes", "patroni1"))
                    .contains("done: kill (SIGKILL) container patroni1");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(podman("ps", "-a", "--format", "{{.Status}}"))
                            .startsWith("Exited (137)"));
            assertThat(patop("mend", "--yes", "--docker-host", "unix://" + socket))
                    .contains("done: start container patroni1");
            assertThat(podman("ps", "-a", "--format", "{{.Status}}")).startsWith("Up");
        }
    }

    /** An image of nothing but sleep and its libraries, since no registry is asked. */
    private void importImage() throws Exception {
        Path root = folder.resolve("image");
        String libraries = run(List.of("ldd", "/bin/sleep"));
        copy(Path.of("/bin/sleep"), root);
        for (String library : LIBRARY.matcher(libraries)
                .results()
                .map(found -> found.group(1))
                .toList()) {
            copy(Path.of(library), root);
        }
        run(List.of(
                "tar", "-C", root.toString(), "-cf", folder.resolve("image.tar").toString(), "."));
        podman("import", folder.resolve("image.tar").toString(), "tiny:1");
    }

    private static void copy(Path file, Path root) throws IOException {
        Path copy = root.resolve(file.toString().substring(1));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
    }

    private String podman(String... arguments) throws Exception {
        return run(command(arguments));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root",
                folder.resolve("root").toString(),
                "--runroot",
                folder.resolve("run").toString(),
                "--storage-driver",
                "vfs",
                "--cgroup-manager",
                "cgroupfs"));
        command.addAll(List.of(arguments));
        return command;
    }

    private String patop(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "XDG_STATE_HOME=" + folder.resolve("state"),
                "PATOP_CLUSTERS=" + folder.resolve("clusters.yaml"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                        .orElseGet(() -> System.getProperty("java.class.path")),
                "io.patop.command.Patop"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + said).isZero();
        return said;
    }
}
