package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill}, {@code freeze} and {@code thaw} do to a member's container what they say, and to no other. */
class MemberFaultTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private SimulatedCluster cluster;

    @TempDir
    private Path state;

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
    void aMemberIsFrozenAndThawed() {
        assertThat(run("freeze", "--force", "patroni2")).isZero();
        assertThat(said()).startsWith("done: freeze container patroni_patroni2.1");
        assertThat(run("freeze", "--force", "patroni2")).isEqualTo(ExitCode.FAILED);
        assertThat(said()).startsWith("patop: container patroni_patroni2.1").endsWith("is frozen already\n");
        assertThat(run("thaw", "--force", "patroni2")).isZero();
        assertThat(run("thaw", "--force", "patroni2")).isEqualTo(ExitCode.FAILED);
        assertThat(said()).endsWith("is not frozen\n");
    }

    @Test
    void aKilledMemberIsGone() {
        assertThat(run("kill", "--force", "patroni3")).isZero();
        assertThat(run("kill", "--force", "patroni3")).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("patop: patroni3 runs in no container on this host");
    }

    @Test
    void nothingIsDoneToAnyoneWhereOneOfThemIsNoMember() {
        assertThat(run("kill", "--force", "patroni3", "nobody")).isEqualTo(ExitCode.FAILED);
        assertThat(said())
                .isEqualTo("patop: no member nobody in the cluster: it is one of patroni1, patroni2, patroni3\n");
        assertThat(run("freeze", "--force", "patroni3")).isZero();
    }

    @Test
    void withoutATerminalItAsksForForce() {
        assertThat(run("kill", "patroni3")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).isEqualTo("patop: there is no terminal to ask on: say --force\n");
    }

    private int run(String command, String... rest) {
        printed.reset();
        String[] arguments = new String[rest.length + 5];
        arguments[0] = command;
        arguments[1] = "-u";
        arguments[2] = cluster.nodes().get(0).rest().toString();
        arguments[3] = "--docker-host";
        arguments[4] = "unix://" + cluster.dockerSocket();
        System.arraycopy(rest, 0, arguments, 5, rest.length);
        Map<String, String> environment = Map.of("XDG_STATE_HOME", state.toString(), "HOME", state.toString());
        return Patop.commandLine(new ProcessEnvironment(System.in, environment, false), arguments)
                .execute(arguments);
    }

    private String said() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
