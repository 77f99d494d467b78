package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code patop log} by the Docker Engine of a simulated cluster. */
class LogCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private SimulatedCluster cluster;

    @BeforeEach
    void startCluster() throws Exception {
        cluster = SimulatedCluster.start(SimulationOptions.defaults().withSpeed(50));
        PrintStream kept = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(kept);
        System.setErr(kept);
    }

    @AfterEach
    void stopCluster() {
        System.setOut(standardOut);
        System.setErr(standardErr);
        cluster.close();
    }

    @Test
    void printsTheLastLinesOfAMember() throws Exception {
        awaitSaid("no action. I am (patroni1), the leader with the lock", "log", "patroni1", "-n", "3");
        assertThat(run("log", "patroni1", "-n", "3")).isZero();
        assertThat(said().lines()).hasSizeLessThanOrEqualTo(3).allMatch(line -> line.matches("\\d{4}-.* INFO: .*"));
    }

    @Test
    void tellsWhyALeaderChanged() throws Exception {
        awaitSaid("no action. I am (patroni1), the leader with the lock", "log", "patroni1");
        try (DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()))) {
            String leader = docker.view().value().orElseThrow().containers().stream()
                    .filter(container -> container.name().startsWith("patroni_patroni1."))
                    .findFirst()
                    .orElseThrow()
                    .id();
            assertThat(docker.kill(leader).value()).isPresent();
        }
        awaitSaid("promoted self to leader by acquiring session lock", "log", "--why", "-n", "1000");
        assertThat(run("log", "--why", "patroni1", "patroni2", "patroni3", "-n", "1000"))
                .isZero();
        String said = said();
        // The killed container keeps its log, which ends without a word.
        assertThat(said).contains(" patroni1 INFO: no action. I am (patroni1), the leader with the lock");
        assertThat(said.lines().filter(line -> line.contains("no action. I am (patroni1)")))
                .as("what is only repeated is told once")
                .hasSize(1);
    }

    @Test
    void whatComesIsPrintedAsItComes() throws Exception {
        Thread following = new Thread(() -> run("log", "patroni1", "patroni2", "-n", "1", "--follow"));
        following.start();
        String said = "";
        while (said.lines()
                        .filter(line -> line.contains("no action. I am (patroni1)"))
                        .count()
                < 3) {
            said = printed.toString(StandardCharsets.UTF_8);
            Thread.onSpinWait();
        }
        following.interrupt();
        following.join();
        said = printed.toString(StandardCharsets.UTF_8);
        assertThat(said.lines().filter(line -> line.contains(" patroni1 ")))
                .as("a leader writes two lines in each loop")
                .hasSizeGreaterThan(4)
                .allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d patroni1 INFO: .*"));
    }

    @Test
    void whatCannotBeReadIsOneLine() throws Exception {
        assertThat(run("log", "nobody")).isOne();
        assertThat(said())
                .isEqualTo("patop: nobody: no Docker service or container runs nobody here, so that its log cannot be"
                        + " read\n");
        assertThat(run("log")).isEqualTo(2);
        assertThat(run("log", "patroni1", "-n", "0")).isEqualTo(2);
    }

    @Test
    void aServiceAtNoneHasLostItsLog() throws Exception {
        try (DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()))) {
            assertThat(docker.scale("patroni_patroni3", 0).value()).isPresent();
        }
        awaitSaid("Docker removes it, and its log, when a service is scaled to 0", "log", "patroni3");
    }

    private void awaitSaid(String wanted, String... words) throws Exception {
        String said = "";
        while (!said.contains(wanted)) {
            int unused = run(words);
            said = said();
            Thread.onSpinWait();
        }
    }

    private int run(String... words) {
        List<String> all =
                new ArrayList<>(List.of("--url", cluster.nodes().get(1).rest().toString()));
        all.addAll(List.of("--docker-host", "unix://" + cluster.dockerSocket()));
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(all);
        return Run.in(Map.of(), "", line.toArray(String[]::new)).code();
    }

    private String said() {
        String said = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        return said;
    }
}
