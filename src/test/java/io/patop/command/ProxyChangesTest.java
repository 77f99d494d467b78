package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ExitCode;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code patop haproxy disable} and its like do what they say, and say what came of it. */
class ProxyChangesTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private SimulatedCluster cluster;

    @BeforeEach
    void startCluster() throws Exception {
        cluster = SimulatedCluster.start(SimulationOptions.defaults());
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
    void aServerIsDisabledAndEnabled() {
        assertThat(run("disable", "--force", "replicas/patroni2")).isZero();
        assertThat(said()).isEqualTo("done: disable server replicas/patroni2 in HAProxy\n");
        assertThat(run("enable", "--force", "replicas/patroni2")).isZero();
        assertThat(said()).isEqualTo("done: enable server replicas/patroni2 in HAProxy\n");
    }

    @Test
    void theWholeAnswerIsPrinted() {
        assertThat(run("run", "show info")).isZero();
        assertThat(said()).startsWith("Name: HAProxy\n").contains("\nUptime_sec: ");
    }

    @Test
    void aRefusalIsSaid() {
        assertThat(run("run", "--force", "disable server replicas/nobody")).isEqualTo(ExitCode.FAILED);
        assertThat(said())
                .isEqualTo("patop: failed to run \"disable server replicas/nobody\" in HAProxy: HAProxy says: No such"
                        + " server.\n");
    }

    private int run(String command, String... rest) {
        printed.reset();
        return Patop.run(Stream.concat(
                        Stream.of(
                                "haproxy",
                                command,
                                "--haproxy",
                                cluster.haproxySocket().toString()),
                        List.of(rest).stream())
                .toArray(String[]::new));
    }

    private String said() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
