package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.control.journal.EntryOwner;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalFiles;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code break} and {@code mend}, with the journal between them, by the Docker Engine of a simulated cluster. */
class BreakAndMendTest {

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
    void theDcsIsStoppedAndTheJournalTellsHowItIsMended() throws Exception {
        assertThat(run("break", "dcs-stop", "--yes")).isZero();
        assertThat(said())
                .isEqualTo("done: stop the DCS, patroni_etcd\npatop mend dcs-stop-patroni-etcd puts it right\n");
        assertThat(tasksOf("patroni_etcd")).isZero();
        assertThat(mend("--list")).isZero();
        assertThat(said()).startsWith("dcs-stop-patroni-etcd  ").contains("stop the DCS, patroni_etcd (");
    }

    @Test
    void whatAnEndedPatopBrokeIsMendedAndStruckOut() throws Exception {
        assertThat(run("break", "proxy-stop", "--yes")).isZero();
        abandon();
        assertThat(FaultJournal.line(journal()))
                .contains(
                        "not yet mended by an earlier patop: stop the proxy, patroni_haproxy; patop mend puts it right, if it"
                                + " is not already");
        assertThat(mend("--yes")).isZero();
        assertThat(said()).isEqualTo("done: scale service patroni_haproxy to 1\n");
        assertThat(tasksOf("patroni_haproxy")).isOne();
        assertThat(mend("--yes")).isZero();
        assertThat(said()).isEqualTo("nothing is left broken\n");
    }

    @Test
    void whatARunningPatopBrokeIsLeftToIt() throws Exception {
        assertThat(run("break", "dcs-stop", "--yes")).isZero();
        assertThat(mend("--yes")).isZero();
        assertThat(said()).startsWith("patop: left alone: dcs-stop-").contains("runs and mends it");
        assertThat(tasksOf("patroni_etcd")).isZero();
    }

    @Test
    void whatSomebodyElseMendedIsLeftAsItIs() throws Exception {
        assertThat(run("break", "dcs-stop", "--yes")).isZero();
        abandon();
        try (DockerClient docker = docker()) {
            assertThat(docker.scale("patroni_etcd", 1).value()).isPresent();
        }
        assertThat(mend("--yes")).isZero();
        assertThat(said())
                .isEqualTo("done: scale service patroni_etcd to 1 (service patroni_etcd is scaled up already)\n");
    }

    @Test
    void withATimeItIsMendedByItself() throws Exception {
        assertThat(run("break", "proxy-freeze", "--yes", "--for", "50ms")).isZero();
        assertThat(said())
                .isEqualTo("done: freeze the proxy, patroni_haproxy\ndone: undo proxy-freeze of patroni_haproxy\n");
        assertThat(journal().entries()).isEmpty();
    }

    @Test
    void aFreezeIsInTheJournalUntilTheThaw() throws Exception {
        assertThat(run("freeze", "--yes", "patroni2")).isZero();
        assertThat(journal().entries())
                .extracting(entry -> entry.repair().text())
                .singleElement()
                .asString()
                .startsWith("thaw container patroni_patroni2.1.");
        assertThat(run("thaw", "--yes", "patroni2")).isZero();
        assertThat(journal().entries()).isEmpty();
    }

    @Test
    void aServiceScaledTo0IsInTheJournalUntilItIsScaledUp() throws Exception {
        assertThat(runDocker("scale", "patroni_patroni2=0", "--yes")).isZero();
        assertThat(journal().entries())
                .extracting(entry -> entry.repair().text())
                .containsExactly("scale service patroni_patroni2 to 1");
        assertThat(runDocker("scale", "patroni_patroni2=1", "--yes")).isZero();
        assertThat(journal().entries()).isEmpty();
    }

    @Test
    void whatCannotBeJournalledIsNotBroken() throws Exception {
        Files.writeString(state.resolve("patop"), "no folder");
        assertThat(run("break", "dcs-stop", "--yes")).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("nothing was broken, since the journal cannot be written");
        assertThat(tasksOf("patroni_etcd")).isOne();
    }

    @Test
    void readOnlyRefusesBoth() {
        assertThat(run("break", "dcs-stop", "--yes", "--read-only")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("read-only: break would change the cluster");
        assertThat(mend("--yes", "--read-only")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFaultWithoutItsMeansSaysWhichAreMissing() {
        assertThat(run("break", "partition", "patroni2", "--yes", "--image", "nobodys"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("nothing was broken: needs the image nobodys on this engine, which has nft and tc");
        assertThat(run("break", "--list", "patroni2")).isZero();
        assertThat(said())
                .contains("dcs-freeze         freeze the DCS, patroni_etcd")
                .contains("disk-slow          not possible: Docker cannot slow down");
        assertThat(run("break", "flood")).isEqualTo(ExitCode.USAGE);
        assertThat(run("break", "partition", "--yes")).isEqualTo(ExitCode.USAGE);
    }

    /** As if the patop that broke it had been killed. */
    private void abandon() throws Exception {
        JournalFiles journal = journal();
        for (JournalEntry entry : journal.entries()) {
            EntryOwner owner = entry.owner();
            journal.write(new JournalEntry(
                    entry.id(),
                    entry.at(),
                    new EntryOwner("an earlier boot", owner.processes(), owner.pid(), owner.started(), ""),
                    entry.engine(),
                    entry.member(),
                    entry.broken(),
                    entry.repair()));
        }
    }

    private int tasksOf(String service) throws Exception {
        try (DockerClient docker = docker()) {
            EngineView view = docker.view().value().orElseThrow();
            return view.service(service).flatMap(Service::desired).orElseThrow();
        }
    }

    private DockerClient docker() throws Exception {
        return DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
    }

    private JournalFiles journal() {
        return FaultJournal.of(environment());
    }

    private Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", state.toString(), "HOME", state.toString());
    }

    private int mend(String... rest) {
        return runDocker("mend", rest);
    }

    private int runDocker(String command, String... rest) {
        List<String> arguments = new ArrayList<>(List.of(command, "--docker-host", "unix://" + cluster.dockerSocket()));
        arguments.addAll(List.of(rest));
        return execute(arguments);
    }

    private int run(String command, String... rest) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "-u",
                cluster.nodes().get(0).rest().toString(),
                "--docker-host",
                "unix://" + cluster.dockerSocket()));
        arguments.addAll(List.of(rest));
        return execute(arguments);
    }

    private int execute(List<String> arguments) {
        printed.reset();
        String[] words = arguments.toArray(new String[0]);
        return Patop.commandLine(new ProcessEnvironment(System.in, environment(), false), words)
                .execute(words);
    }

    private String said() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
