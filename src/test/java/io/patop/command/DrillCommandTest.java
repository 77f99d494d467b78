package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.PatopProcess;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code patop drill} as a process of its own, on the simulated cluster: what it says, does, and ends with. */
@Timeout(300)
class DrillCommandTest {

    @TempDir
    private Path directory;

    private record Ended(int code, String out, String err) {}

    /** Strictly synchronous: else a kill may lose what was acknowledged last, and rightly fail. */
    @Test
    void threeRunsOnTheSimulatorMeetTheirGoals() throws Exception {
        Path json = directory.resolve("drill.json");
        Path svg = directory.resolve("drill.svg");
        Ended ended;
        try (SimulatedCluster cluster = SimulatedCluster.start(
                SimulationOptions.defaults().withSpeed(20).withSynchronous(SimulationOptions.Synchronous.STRICT))) {
            List<String> command = on(cluster, "--yes", "--settle", "300ms", "--fault", "stop,kill,switchover");
            command.addAll(List.of("--max-outage", "20s", "--report", json.toString(), "--report", svg.toString()));
            ended = end(start(command));
        }

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .containsSubsequence(
                        "run 1 of 3: leader patroni1 is stopped (undo: docker service scale patroni_patroni1=1)",
                        "run 1 of 3: new leader",
                        "run 1: leader patroni1 stopped: outage ",
                        "run 2 of 3: leader ",
                        "run 3: leader ",
                        "PASSED: 3 runs")
                .doesNotContain("\u001b");
        JsonNode report = new JsonMapper().readTree(json.toFile());
        assertThat(report.path("met").asBoolean()).isTrue();
        assertThat(report.path("runs")).hasSize(3);
        assertThat(report.path("runs")).allSatisfy(run -> {
            assertThat(run.path("outcome").asText()).isIn("failover", "switchover");
            assertThat(run.path("new_leader").asText())
                    .isNotEqualTo(run.path("member").asText());
            assertThat(run.path("timeline_after").asLong())
                    .isEqualTo(run.path("timeline_before").asLong() + 1);
            assertThat(run.path("verified").asBoolean()).isTrue();
        });
        // Nobody leads until the key's ttl of 30 s, less what had passed of it, at 20 times the speed.
        assertThat(report.path("runs").get(1).path("outage").asDouble()).isBetween(0.8, 5.0);
        assertThat(Files.readString(svg)).contains("<svg");
    }

    @Test
    void clientsTellHowLongTheyWaitedBeforeDuringAndAfterEachFault() throws Exception {
        Path json = directory.resolve("clients.json");
        Ended ended = patop(
                "drill",
                "--demo",
                "--speed",
                "10",
                "--settle",
                "1s",
                "-y",
                "--fault",
                "stop,switchover",
                "--clients",
                "30",
                "--report",
                json.toString());

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("How long 30 clients waited for a write, retries included:");
        JsonNode runs = new JsonMapper().readTree(json.toFile()).path("runs");
        assertThat(runs).hasSize(2).allSatisfy(run -> {
            JsonNode clients = run.path("clients");
            assertThat(clients.path("number").asInt()).isEqualTo(30);
            assertThat(clients.path("before").path("writes").asInt()).isPositive();
            assertThat(clients.path("during").path("writes").asInt()).isPositive();
            assertThat(clients.path("during").path("max").asDouble())
                    .isGreaterThanOrEqualTo(clients.path("during").path("p50").asDouble());
        });
        assertThat(runs.get(0).path("clients").path("during").path("reconnects").asInt()
                        + runs.get(0)
                                .path("clients")
                                .path("after")
                                .path("reconnects")
                                .asInt())
                .as(ended.out())
                .isPositive();
    }

    @Test
    void moreClientsThanTwoHundredAreRefusedBeforeAnythingIsAsked() throws Exception {
        Ended ended = patop("drill", "--demo", "-y", "--clients", "201");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--clients is 1 to 200, not 201");
    }

    @Test
    void aGoalThatIsMissedIsExitCode1() throws Exception {
        Ended ended = patop(
                "drill",
                "--demo",
                "--speed",
                "20",
                "--settle",
                "300ms",
                "-y",
                "--fault",
                "kill",
                "--max-outage",
                "100ms");

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .as(ended.err())
                .contains("GOALS MISSED", "FAILED: run 1: outage of", "more than 0.10 s");
    }

    /** The kill comes first, so the leader may be lost before its service is scaled. */
    private void awaitServiceAtZero(SimulatedCluster cluster, Process process, List<String> lines) {
        await("a service at 0")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(replicas(cluster))
                        .as("%s, %s, %s", process, lines, said())
                        .contains(0));
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    /** At once, while the leader's service is at 0. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalPutsRightWhatIsBrokenBeforeItEnds(String signal, int code) throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            Process process = start(on(cluster, "--yes", "--fault", "kill", "--settle", "300ms"));
            List<String> lines = new ArrayList<>();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                while (line != null && !line.contains("leader lost")) {
                    lines.add(line);
                    line = out.readLine();
                }
                assertThat(line).as("%s: %s", said(), lines).isNotNull();
                awaitServiceAtZero(cluster, process, lines);
                signal(process, signal);
                for (line = out.readLine(); line != null; line = out.readLine()) {
                    lines.add(line);
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(code);
            assertThat(replicas(cluster)).as(String.join("\n", lines)).containsOnly(1);
            assertThat(lines).anyMatch(said -> said.contains("ended early: cancelled"));
        } finally {
            delete();
        }
    }

    @Test
    void aClosedPipePutsRightWhatIsBroken() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            Process process = start(on(cluster, "--yes", "--fault", "stop", "--settle", "300ms"));
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                while (line != null && !line.contains("is stopped")) {
                    line = out.readLine();
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(replicas(cluster)).containsOnly(1);
        } finally {
            delete();
        }
    }

    @Test
    void whatIsNotReadyIsSaidInALineAndNothingIsBroken() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(50))) {
            cluster.apply(SimulatedFault.of(SimulatedFault.Kind.PAUSE));
            Ended ended = end(start(on(cluster, "--yes")));

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err())
                    .isEqualTo("patop: nothing was broken: maintenance mode is on, so that nothing fails over"
                            + " (patronictl resume ends it)\n");
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void aDatabaseOutOfReachIsExitCode3() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            List<String> command = on(cluster, "--yes");
            command.set(command.indexOf("--dsn") + 1, "postgresql://patop@127.0.0.1:1/patop");
            Ended ended = end(start(command));

            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.err()).startsWith("patop: nothing was broken: ").hasLineCount(1);
        }
    }

    @Test
    void nothingReachableIsExitCode3() throws Exception {
        Ended ended =
                patop("drill", "-u", "http://127.0.0.1:1", "--dsn", "postgresql://patop@127.0.0.1:1/patop", "--yes");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--fault explode; no fault \"explode\": stop, kill, crash, freeze, switchover, restart",
                "--max-outage soon; --max-outage is a time such as 30s, 500ms or 1m, not soon",
                "--repeat 0; a drill is repeated 1 to 1000 times, not 0",
                "--report drill.pdf; --report drill.pdf: its extension is none of .txt, .md, .json, .xml (JUnit), .svg",
                "--report /nowhere/drill.txt; --report /nowhere/drill.txt: there is no directory /nowhere",
                "--read-only; read-only: drill would change the cluster, so nothing was sent",
                "--rate 1000; ",
                "--speed 0; "
            })
    void wrongUsageIsExitCode2(String arguments, String said) throws Exception {
        List<String> command = new ArrayList<>(List.of("drill", "--demo", "--yes"));
        command.addAll(List.of(arguments.split(" ")));
        Ended ended = patop(command.toArray(String[]::new));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("patop: " + (said == null ? "" : said))
                .hasLineCount(1);
    }

    private List<String> on(SimulatedCluster cluster, String... more) {
        List<String> command =
                new ArrayList<>(List.of("drill", "--create", "--docker-host", "unix://" + cluster.dockerSocket()));
        command.addAll(List.of("--dsn", "postgresql://patop@127.0.0.1:" + cluster.databasePort() + "/patop"));
        cluster.nodes().forEach(node -> command.addAll(List.of("-u", node.rest().toString())));
        command.addAll(List.of(more));
        return command;
    }

    private Ended patop(String... arguments) throws IOException, InterruptedException {
        return end(start(List.of(arguments)));
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** How many tasks each service wants. */
    static List<Integer> replicas(SimulatedCluster cluster) throws IOException {
        try (DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()))) {
            return docker.view().value().map(EngineView::services).orElse(List.of()).stream()
                    .map(Service::desired)
                    .map(desired -> desired.orElse(-1))
                    .toList();
        }
    }

    private Process start(List<String> arguments) throws IOException {
        return PatopProcess.with(List.of(), arguments)
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private Ended end(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return new Ended(process.exitValue(), out, Files.readString(directory.resolve("err")));
    }

    private void delete() throws IOException {
        Files.deleteIfExists(directory.resolve("err"));
    }
}
