package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.control.journal.EntryOwner;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalFiles;
import io.patop.control.place.RealSshd;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster whose entry in the configuration file names commands: from the command line to the simulated members. */
@Timeout(300)
class OtherPlacesTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private SimulatedCluster cluster;
    private SimulatedPlace place;
    private Path configuration;

    @TempDir
    private Path folder;

    /** Strictly synchronous: else a kill may lose what was acknowledged last, and the drill rightly fails. */
    @BeforeEach
    void startCluster() throws Exception {
        cluster = SimulatedCluster.start(
                SimulationOptions.defaults().withSpeed(20).withSynchronous(SimulationOptions.Synchronous.STRICT));
        place = new SimulatedPlace(cluster, folder);
        configuration = place.configuration();
        PrintStream kept = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(kept);
        System.setErr(kept);
    }

    @AfterEach
    void stopCluster() {
        System.setOut(standardOut);
        System.setErr(standardErr);
        place.close();
        cluster.close();
    }

    @Test
    void theClusterIsNamedInsteadOfItsAddresses() {
        assertThat(run("list", "-C", "lab")).isZero();
        assertThat(said()).contains("patroni1", "patroni2", "patroni3");
        assertThat(run("list", "-C", "nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("names no cluster nobody");
        assertThat(run("list", "-C", "lab", "-u", "http://127.0.0.1:1")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("leave out --url");
    }

    @Test
    void theQuestionShowsTheVeryCommand() throws Exception {
        assertThat(onTerminal("kill", "-C", "lab", "patroni2"))
                .contains("In cluster patroni: kill patroni2 (SIGKILL), by: " + folder + "/control kill patroni2?"
                        + " [y/N]")
                .contains("nothing was done");
        assertThat(place.orders()).isEmpty();
    }

    @Test
    void readOnlyRefusesAllOfIt() {
        assertThat(run("kill", "-C", "lab", "--yes", "--read-only", "patroni2")).isEqualTo(ExitCode.USAGE);
        assertThat(run("break", "-C", "lab", "--yes", "--read-only", "stop", "patroni2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("drill", "-C", "lab", "--yes", "--read-only")).isEqualTo(ExitCode.USAGE);
        assertThat(place.orders()).isEmpty();
    }

    @Test
    void aClusterThatIsReadOnlyInTheFileIsSoEverywhere() throws IOException {
        Files.writeString(
                configuration, Files.readString(configuration).replace("    dsn:", "    read-only: true\n    dsn:"));

        assertThat(run("kill", "-C", "lab", "--yes", "patroni2")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("read-only: kill would change the cluster");
        assertThat(place.orders()).isEmpty();
    }

    @Test
    void aMemberIsFrozenAndThawedByTheCommands() {
        assertThat(run("freeze", "-C", "lab", "--yes", "patroni2"))
                .as(this::said)
                .isZero();
        assertThat(said()).isEqualTo("done: freeze patroni2\n");
        assertThat(journal().entries())
                .extracting(entry -> entry.repair().text())
                .containsExactly("thaw member patroni2 of cluster lab");
        assertThat(run("thaw", "-C", "lab", "--yes", "patroni2")).as(this::said).isZero();
        assertThat(journal().entries()).isEmpty();
        assertThat(place.orders()).containsExactly("freeze patroni2", "thaw patroni2");
    }

    @Test
    void whatAKilledPatopBrokeIsMendedByTheNextOne() throws Exception {
        assertThat(run("break", "-C", "lab", "--yes", "stop", "patroni2")).isZero();
        assertThat(said())
                .isEqualTo(
                        "done: stop patroni2\npatop mend puts it right, by: " + folder + "/control start patroni2\n");
        abandon();
        assertThat(FaultJournal.line(journal())).isPresent();
        assertThat(run("mend", "--list")).isZero();
        assertThat(said()).startsWith("stopped-lab-patroni2  ").contains("stop patroni2 (its patop has ended)");
        assertThat(onTerminal("mend")).contains("Start patroni2, by: " + folder + "/control start patroni2? [y/N]");
        assertThat(run("mend", "--yes")).isZero();
        assertThat(said()).isEqualTo("done: start member patroni2 of cluster lab\n");
        assertThat(place.orders()).containsExactly("stop patroni2", "start patroni2");
        assertThat(journal().entries()).isEmpty();
    }

    /** The journal holds no command: without the entry in the configuration file nothing is run. */
    @Test
    void whatTheFileNoLongerNamesIsNotMendedAndSaid() throws Exception {
        assertThat(run("break", "-C", "lab", "--yes", "stop", "patroni2")).isZero();
        abandon();
        Files.writeString(configuration, "clusters: {other: {urls: 'http://127.0.0.1:1'}}");

        assertThat(run("mend", "--yes")).isEqualTo(ExitCode.FAILED);
        assertThat(said())
                .contains("could not start member patroni2 of cluster lab")
                .contains("names no cluster lab");
        assertThat(journal().entries()).hasSize(1);
    }

    @Test
    void withATimeItIsMendedByItself() {
        assertThat(run("break", "-C", "lab", "--yes", "--for", "50ms", "partition", "patroni3"))
                .isZero();
        assertThat(said()).isEqualTo("done: cut patroni3 off from everything\ndone: give patroni3 its network back\n");
        assertThat(place.orders()).containsExactly("partition patroni3", "heal patroni3");
        assertThat(journal().entries()).isEmpty();
    }

    @Test
    void allThatIsPossibleIsListed() {
        assertThat(run("break", "-C", "lab", "--list", "patroni2")).isZero();
        assertThat(said())
                .contains("stop               stop patroni2: " + folder + "/control stop patroni2")
                .contains("partition          cut patroni2 off from everything: ");
        assertThat(run("break", "-C", "lab", "--yes", "disk-full", "patroni2")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("no fault \"disk-full\"");
    }

    @Test
    void aDrillOfStopAndKillGoesTheSameRoad() {
        assertThat(run("drill", "-C", "lab", "--yes", "--create", "--settle", "300ms", "--fault", "stop,kill,freeze"))
                .as(this::said)
                .isZero();

        List<String> orders = place.orders();
        assertThat(orders).hasSize(6);
        assertThat(orders.stream().map(order -> order.split(" ", -1)[0]))
                .containsExactly("stop", "start", "kill", "start", "freeze", "thaw");
        for (int i = 0; i < orders.size(); i += 2) {
            assertThat(orders.get(i).split(" ", -1)[1])
                    .isEqualTo(orders.get(i + 1).split(" ", -1)[1]);
        }
        assertThat(said()).contains("(undo: " + folder + "/control start ").contains("PASSED: 3 runs");
        assertThat(journal().entries()).isEmpty();
    }

    /** The true ssh and sshd, and in place of systemctl a program that reaches the simulator. */
    @Test
    void aDrillBySystemdOverSsh() throws Exception {
        assumeTrue(RealSshd.isHere(), "no OpenSSH server and client");
        Path programs = place.systemctl();
        configuration = place.configurationOfSystemd();
        try (RealSshd sshd = RealSshd.start(folder.resolve("sshd"), programs)) {
            sshd.makeClient(folder);
            assertThat(run("drill", "-C", "lab", "--yes", "--create", "--settle", "300ms", "--fault", "stop,kill"))
                    .as(this::said)
                    .isZero();
        }

        assertThat(place.orders().stream().map(order -> order.split(" ", -1)[0]))
                .containsExactly("stop", "start", "kill", "stop", "start");
        assertThat(said()).contains("systemctl start patroni@patroni").contains("PASSED: 2 runs");
        assertThat(journal().entries()).isEmpty();
    }

    /** A program in place of kubectl, which starts what was killed or deleted again, as Kubernetes does. */
    @Test
    void membersThatArePodsOfKubernetes() throws Exception {
        configuration = place.configurationOfKubernetes("0.5");
        String kubectl = folder + "/kubectl --namespace prod ";

        assertThat(onTerminal("kill", "-C", "lab", "patroni2"))
                .contains("kill patroni2 (SIGKILL), by: " + kubectl
                        + "exec patroni2 -c postgres -- kill -KILL -- -1? [y/N]");
        assertThat(place.orders()).isEmpty();
        assertThat(run("freeze", "-C", "lab", "--yes", "patroni2"))
                .as(this::said)
                .isZero();
        assertThat(run("thaw", "-C", "lab", "--yes", "patroni2")).as(this::said).isZero();
        assertThat(run("kill", "-C", "lab", "--yes", "patroni2")).as(this::said).isZero();
        assertThat(said()).isEqualTo("done: kill patroni2 (SIGKILL)\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> place.orders().contains("start patroni2"));
        abandon();
        assertThat(run("mend", "--yes")).as(this::said).isZero();

        assertThat(place.orders())
                .containsExactly("freeze patroni2", "thaw patroni2", "kill patroni2", "start patroni2");
        assertThat(Files.readAllLines(folder.resolve("kubectl.calls")))
                .filteredOn(call -> call.contains(" wait "))
                .containsExactly(
                        "--namespace prod wait pod/patroni2 --for=jsonpath={.status.phase}=Running" + " --timeout=50s");
        assertThat(run("break", "-C", "lab", "--list", "patroni2")).isZero();
        assertThat(said()).contains("kubectl has no means to cut a pod off");
        assertThat(journal().entries()).isEmpty();
    }

    /** A killed pod is started again before its key has run out, so that it leads on, or afterwards. */
    @ParameterizedTest
    @ValueSource(strings = {"0.5", "3"})
    void aDrillByKubectlCallsAKillACrash(String seconds) throws Exception {
        configuration = place.configurationOfKubernetes(seconds);

        assertThat(run("drill", "-C", "lab", "--yes", "--create", "--settle", "300ms", "--fault", "stop,kill"))
                .as(this::said)
                .isZero();

        assertThat(place.orders().stream().map(order -> order.split(" ", -1)[0]))
                .containsExactly("stop", "start", "kill", "start");
        assertThat(said())
                .contains("starts a killed one again at once, so kill is done as crash")
                .contains("killed, free to start again")
                .contains("PASSED: 2 runs");
        assertThat(journal().entries()).isEmpty();
    }

    /** Docker's ssh://, by the true ssh and sshd, to the simulator's engine. */
    @Test
    void aDrillByTheEngineOfAnotherMachine() throws Exception {
        assumeTrue(RealSshd.isHere(), "no OpenSSH server and client");
        configuration = place.configurationOfDocker();
        try (RealSshd sshd = RealSshd.start(folder.resolve("sshd"), folder)) {
            sshd.makeClient(folder);
            String drilled =
                    process(0, "drill", "-C", "lab", "--yes", "--create", "--settle", "300ms", "--fault", "stop,kill");
            assertThat(drilled)
                    .contains("(undo: docker service scale patroni_patroni")
                    .contains("PASSED: 2 runs");

            sshd.forgetUser();
            assertThat(process(ExitCode.UNREACHABLE, "kill", "-C", "lab", "--yes", "patroni2"))
                    .contains("Docker at ssh://", " is not reached: ssh ended: ", "Permission denied (publickey)");
        }
        assertThat(place.orders()).isEmpty();
        assertThat(journal().entries()).isEmpty();
    }

    private String process(int code, String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(java().stream(), Stream.of(words)).toList())
                .redirectErrorStream(true);
        builder.environment().putAll(environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    /** SIGKILL gives patop no moment to put anything right: the journal does it. */
    @Test
    void aDrillThatIsKilledIsMendedFromItsJournal() throws Exception {
        Process drill = drillProcess();
        await().atMost(Duration.ofSeconds(90)).until(() -> !place.orders().isEmpty());
        drill.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(30)).until(() -> journal().abandoned().size() == 1);

        assertThat(run("mend", "--yes")).as(this::said).isZero();

        String member = place.orders().get(0).split(" ", -1)[1];
        assertThat(place.orders()).containsExactly("freeze " + member, "thaw " + member);
        assertThat(journal().entries()).isEmpty();
    }

    private Process drillProcess() throws IOException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("drill", "-C", "lab", "--yes", "--create", "--settle", "300ms", "--fault", "freeze"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("drill.out").toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                        .orElseGet(() -> System.getProperty("java.class.path")),
                Patop.class.getName());
    }

    /** As if the patop that broke it had been killed. */
    private void abandon() throws IOException {
        for (JournalEntry entry : journal().entries()) {
            EntryOwner owner = entry.owner();
            journal()
                    .write(new JournalEntry(
                            entry.id(),
                            entry.at(),
                            new EntryOwner("an earlier boot", owner.processes(), owner.pid(), owner.started(), ""),
                            entry.engine(),
                            entry.member(),
                            entry.broken(),
                            entry.repair()));
        }
    }

    private JournalFiles journal() {
        return FaultJournal.of(environment());
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                folder + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "XDG_STATE_HOME",
                folder.resolve("state").toString(),
                "XDG_CONFIG_HOME",
                folder.resolve("none").toString(),
                "PATOP_CLUSTERS",
                configuration.toString());
    }

    /** Runs it as a process on a terminal where a person says no. */
    private String onTerminal(String... words) throws Exception {
        String line = Stream.concat(java().stream(), Stream.of(words))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder =
                new ProcessBuilder("script", "-q", "-e", "-c", line, "/dev/null").redirectErrorStream(true);
        builder.environment().putAll(environment());
        Process process = builder.start();
        process.getOutputStream().write("n\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.FAILED);
        return said;
    }

    private int run(String... words) {
        printed.reset();
        return Patop.commandLine(new ProcessEnvironment(System.in, environment(), false), words)
                .execute(words);
    }

    private String said() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
