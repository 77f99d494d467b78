package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.PatopProcess;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SeededMistake;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.core.SimulationOptions.Synchronous;
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

/** {@code patop drill --random} as a process of its own, on a cluster that runs: the simulated one, over its sockets. */
@Timeout(300)
class RandomDrillOnClusterTest {

    @TempDir
    private Path directory;

    private static SimulationOptions strict() {
        return SimulationOptions.defaults().withSpeed(20).withSynchronous(Synchronous.STRICT);
    }

    private Process start(SimulatedCluster cluster, String script, String... more) throws IOException {
        return start(cluster, cluster.databasePort(), script, more);
    }

    private Process start(SimulatedCluster cluster, int databasePort, String script, String... more)
            throws IOException {
        Path file = Files.writeString(directory.resolve("faults.txt"), script);
        List<String> all = new ArrayList<>(List.of("drill", "--random", "--yes", "--script", file.toString()));
        all.addAll(List.of("--docker-host", "unix://" + cluster.dockerSocket()));
        all.addAll(List.of("--dsn", "postgresql://patop@127.0.0.1:" + databasePort + "/patop"));
        cluster.nodes().forEach(node -> all.addAll(List.of("-u", node.rest().toString())));
        all.addAll(List.of(more));
        return PatopProcess.with(List.of(), all).redirectErrorStream(true).start();
    }

    private static List<String> lines(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out.lines().toList();
    }

    @Test
    void faultsAreCausedAndUndoneAndNothingIsLost() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(strict())) {
            Process process = start(
                    cluster,
                    "1s kill leader\n5s start leader\n9s freeze patroni3\n11s thaw patroni3\n14s switchover\n",
                    "--for",
                    "20s",
                    "--read",
                    "postgresql://patop@127.0.0.1:" + cluster.replicaPort() + "/patop");
            List<String> said = lines(process);

            assertThat(process.exitValue()).as(String.join("\n", said)).isZero();
            assertThat(said)
                    .contains("Playing 3 faults on cluster patroni, 20.0 s; Ctrl-C ends it and tells what was found.")
                    .contains("1.0 s  kill patroni1, the leader", "5.0 s  start patroni1", "11.0 s  thaw patroni3")
                    .contains("PASSED: nothing was found")
                    .noneMatch(line -> line.contains(" not "))
                    .anyMatch(line -> line.matches("clients +writes: \\d\\d+ acknowledged.*"));
            assertThat(DrillCommandTest.replicas(cluster)).contains(1).doesNotContain(0);
        }
    }

    /**
     * The frozen replica has nothing to do with it: the schedule is played again without it. The key lasts, so that on
     * a busy machine too the killed leader leads on, without its last five seconds.
     */
    @Test
    void aMistakeIsFoundAndShrunkByPlayingPartsOfTheScript() throws Exception {
        SimulationOptions mistaken = strict().withSpeed(5)
                .withTiming(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofSeconds(10))
                .withMistake(SeededMistake.NO_FSYNC);
        try (SimulatedCluster cluster = SimulatedCluster.start(mistaken)) {
            Process process = start(
                    cluster,
                    "1s freeze patroni3\n2s thaw patroni3\n8s kill leader\n8.4s start leader\n",
                    "--clients",
                    "8");
            List<String> said = lines(process);

            assertThat(process.exitValue()).as(String.join("\n", said)).isEqualTo(1);
            assertThat(said)
                    .contains("VIOLATION: acknowledged write lost")
                    .anyMatch(line -> line.matches("Shrunk from 2 faults to 1 in \\d+ runs:"))
                    .anyMatch(line -> line.matches("  \\d+s kill patroni1"))
                    .contains("These lines in a file play it again: patop drill --random --script FILE --seed 1"
                            + " --clients 8");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalUndoesWhatIsBrokenAndTellsWhatThereIs(String signal, int code) throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(strict())) {
            Process process = start(cluster, "1s stop patroni1\n1h start patroni1\n");
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.contains("stop patroni1")) {
                line = out.readLine();
            }
            Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
            assertThat(kill.waitFor()).isZero();

            assertThat(out.lines().toList()).contains("PASSED: nothing was found (cut short)");
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(code);
            assertThat(DrillCommandTest.replicas(cluster)).doesNotContain(0);
        }
    }

    @Test
    void withoutADatabaseNothingIsBroken() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(strict())) {
            Process process = start(cluster, 1, "1s stop patroni1\n");

            assertThat(lines(process))
                    .contains("patop: nothing was broken: the clients' tables cannot be made at"
                            + " patop@127.0.0.1:1/patop: connection refused");
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }
}
