package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patop.command.shell.ExitCode;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedPatroni;
import io.patop.sim.core.SimulationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** patronictl's commands, typed at a simulated cluster. */
@Timeout(120)
class PatronictlCommandsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private SimulatedCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = start(SimulationOptions.defaults().withVersions(SimulatedPatroni.V3_0_2));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static SimulatedCluster start(SimulationOptions options) throws Exception {
        return SimulatedCluster.start(options.withScope("batman").withSpeed(20).withWalRate(0));
    }

    private String url() {
        return url(cluster);
    }

    private static String url(SimulatedCluster cluster) {
        return cluster.nodes().get(0).rest().toString();
    }

    private Run run(String input, String... arguments) {
        return run(cluster, input, arguments);
    }

    private static Run run(SimulatedCluster cluster, String input, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("-u", url(cluster)));
        return Run.answering(input, all.toArray(String[]::new));
    }

    @Test
    void topologyShowsTheLeaderFirst() {
        Run topology = run("", "topology", "batman");
        assertThat(topology.code()).isZero();
        assertThat(topology.out())
                .contains("| patroni1   |")
                .contains("| + patroni2 |")
                .contains("| + patroni3 |");
        assertThat(run("", "topology", "--columns", "member,role").out())
                .isEqualTo(
                        """
                        + Cluster: batman -----+
                        | Member     | Role    |
                        +------------+---------+
                        | patroni1   | Leader  |
                        | + patroni2 | Replica |
                        | + patroni3 | Replica |
                        +------------+---------+
                        """);
    }

    @Test
    void anotherClustersNameIsAMistake() {
        for (String command : List.of("list", "topology", "history", "show-config", "pause", "switchover", "dsn")) {
            Run wrong = run("", command, "robin");
            assertThat(wrong.code()).as(command).isEqualTo(ExitCode.USAGE);
            assertThat(wrong.err()).as(command).isEqualTo("patop: the cluster there is batman, not robin\n");
        }
        assertThat(run("", "restart", "robin", "--force").err())
                .isEqualTo("patop: robin is neither this cluster (batman) nor a member of it (patroni1, patroni2,"
                        + " patroni3)\n");
    }

    @Test
    void addressesOfSeveralClustersNeedAName() throws Exception {
        try (SimulatedCluster robin =
                SimulatedCluster.start(SimulationOptions.defaults().withScope("robin"))) {
            for (String command : List.of("list", "topology", "history", "show-config", "list joker", "pause")) {
                List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
                arguments.addAll(List.of("-u", url(), "-u", url(robin)));
                Run refused = Run.of(arguments.toArray(String[]::new));
                assertThat(refused.err())
                        .as(command)
                        .isEqualTo("patop: these addresses are of several clusters, batman (" + url() + ") and robin ("
                                + url(robin) + "): give the name of one\n");
                assertThat(refused.code()).as(command).isEqualTo(ExitCode.USAGE);
                assertThat(refused.out()).as(command).isEmpty();
            }
            assertThat(Run.of("list", "robin", "-u", url(), "-u", url(robin)).out())
                    .startsWith("+ Cluster: robin ");
        }
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void versionsOfAllMembers(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster other = start(SimulationOptions.defaults().withVersions(version))) {
            assertThat(run(other, "", "version", "batman").out())
                    .startsWith("patop version ")
                    .containsPattern("\n\npatroni1: Patroni " + version.number() + " PostgreSQL 1\\d\\.\\d+\n");
            assertThat(run(other, "", "version", "batman", "patroni3").out())
                    .contains("patroni3: ")
                    .doesNotContain("patroni1: ");
        }
    }

    @Test
    void dsnOfTheLeaderOfARoleOrOfAMember() {
        assertThat(run("", "dsn").out()).matches("host=127\\.0\\.0\\.1 port=\\d+\n");
        assertThat(run("", "dsn", "-r", "replica").out())
                .isEqualTo(run("", "dsn", "-m", "patroni2").out())
                .isNotEqualTo(run("", "dsn", "-r", "leader").out());
        assertThat(run("", "dsn", "-m", "nobody").err()).isEqualTo("Error: Can not find a suitable member\n");
        assertThat(run("", "dsn", "-m", "patroni1", "-r", "any").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("", "dsn", "-r", "boss").err())
                .isEqualTo(
                        """
                        Usage: patop dsn [OPTIONS] [CLUSTER_NAME]
                        Try 'patop dsn --help' for help.

                        Error: Invalid value for '--role' / '-r': 'boss' is not one of 'leader', 'primary', \
                        'standby-leader', 'replica', 'standby', 'any', 'master'.
                        """);
    }

    @Test
    void theConfigurationIsShown() {
        assertThat(run("", "show-config").out())
                .startsWith("loop_wait: 10\n")
                .contains("ttl: 30\n")
                .endsWith("\n\n");
    }

    @Test
    void theHistoryIsInEachFormat() {
        run("", "switchover", "--force", "--candidate", "patroni2");
        // The new leader writes its line in the loop after its promotion.
        await().atMost(SOON)
                .until(() -> run("", "history", "-f", "json").out(), history -> history.startsWith("[{\"TL\": 1, "));
        assertThat(run("", "history").out()).contains("| TL |").contains("| patroni2");
        assertThat(run("", "history", "-f", "xml").code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void aSwitchoverAsksAndTells(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster other = start(SimulationOptions.defaults().withVersions(version))) {
            Run done = run(other, "\npatroni3\n\ny\n", "switchover", "batman");
            boolean old = version == SimulatedPatroni.V2_0_1;
            assertThat(done.err()).startsWith("Who can take over:\n  patroni2  can take over, 0 B behind\n");
            assertThat(done.code()).isZero();
            assertThat(done.out())
                    .startsWith(old ? "Master [patroni1]: " : "Current cluster topology\n+ Cluster: batman ")
                    .contains("Candidate ['patroni2', 'patroni3'] []: When should the switchover take place (e.g. ")
                    .contains(old ? "Master [patroni1]: " : "Primary [patroni1]: ")
                    .contains(" )  [now]: " + (old ? "Current cluster topology\n+ Cluster: batman " : "Are you sure"))
                    .contains("Are you sure you want to switchover cluster batman, demoting current "
                            + (old ? "master" : "leader") + " patroni1? [y/N]: ")
                    .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{5} Successfully switched over to"
                            + " \"patroni3\"\n");
            assertThat(other.leader()).contains("patroni3");
            Run failover = run(other, "patroni2\ny\n", "failover");
            assertThat(failover.code()).as(failover.toString()).isZero();
            assertThat(failover.out()).contains("Successfully failed over to \"patroni2\"");
            assertThat(other.leader()).contains("patroni2");
        }
    }

    @Test
    void aSwitchoverThatCannotBeIsExplained() throws Exception {
        try (SimulatedCluster odd = start(SimulationOptions.defaults()
                .withTags(
                        Map.of("patroni2", Map.of("nofailover", "true"), "patroni3", Map.of("nofailover", "true"))))) {
            Run none = run(odd, "", "switchover", "--force");
            assertThat(none.code()).isEqualTo(ExitCode.FAILED);
            assertThat(none.err()).isEqualTo("Error: No candidates found to switchover to\n");
        }
        try (SimulatedCluster odd =
                start(SimulationOptions.defaults().withTags(Map.of("patroni2", Map.of("nofailover", "true"))))) {
            Run tagged = run(odd, "", "switchover", "--force", "--candidate", "patroni2");
            assertThat(tagged.err())
                    .isEqualTo(
                            "patop: patroni2 cannot: it is tagged nofailover\nError: Member patroni2 does not exist in"
                                    + " cluster batman\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--candidate nobody|Member nobody does not exist in cluster batman",
                "--candidate patroni1|Switchover target and source are the same.",
                "--leader patroni2|Member patroni2 is not the leader of cluster batman",
                "--scheduled soon|Unable to parse scheduled timestamp (soon). It should be in an unambiguous format (e.g."
                        + " ISO 8601)"
            })
    void aSwitchoverIsRefusedInALine(String given) {
        String[] parts = given.split("\\|", -1);
        String[] options = ("switchover --force " + parts[0]).split(" ", -1);
        Run refused = run("", options);
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).isEqualTo("Error: " + parts[1] + "\n");
        assertThat(cluster.leader()).contains("patroni1");
    }

    @Test
    void aSwitchoverIsScheduledListedAndFlushed() {
        Run scheduled = run("", "switchover", "--force", "--scheduled", "2099-01-01T00:00+02:00");
        assertThat(scheduled.out()).contains(" Switchover scheduled\n");
        assertThat(run("", "list").out()).contains(" Switchover scheduled at: 2099-01-01T00:00:00+02:00\n");
        assertThat(run("", "flush", "batman", "switchover").out()).isEqualTo("Success: scheduled switchover deleted\n");
        assertThat(run("", "flush", "switchover").out()).isEqualTo("No pending scheduled switchover\n");
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void restartsAreAskedFor(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster other = start(SimulationOptions.defaults().withVersions(version))) {
            Run one = run(other, "\ny\n\n", "restart", "batman", "patroni2");
            assertThat(one.out())
                    .contains("When should the restart take place (e.g. ")
                    .contains("Are you sure you want to restart members patroni2? [y/N]: ")
                    .contains("Restart if the PostgreSQL version is less than provided (e.g. 9.5.2)  []: ")
                    .endsWith("Success: restart on member patroni2\n");
            Run no = run(other, "\nn\n", "restart", "batman", "patroni2");
            assertThat(no.code()).isEqualTo(ExitCode.FAILED);
            assertThat(no.err()).isEqualTo("Error: Aborted restart\n");
            Run gone = run(other, "", "restart", "patroni2");
            assertThat(gone.err()).isEqualTo("Aborted!\n");
            Run pending = run(other, "", "restart", "--force", "--pending");
            assertThat(pending.code()).isZero();
            assertThat(pending.out()).isEqualTo(run(other, "", "list").out());
            assertThat(pending.err()).isEqualTo("patop: no restart is pending, so nothing was sent\n");
            Run later = run(other, "n\n", "restart", "--pending", "--scheduled", "2099-02-02 02:02Z");
            assertThat(later.out())
                    .endsWith(
                            version == SimulatedPatroni.V4_1_4
                                    ? "The nodes needing a restart will be identified at the scheduled time, and might be"
                                            + " different from the ones showing pending restart right now. Is this fine?"
                                            + " [y/N]: "
                                    : "Are you sure you want to schedule restart of members patroni1, patroni2, patroni3 at"
                                            + " 2099-02-02 02:02:00+00:00? [y/N]: ");
            assertThat(later.err()).isEqualTo("Error: Aborted scheduled restart\n");
            Run all = run(other, "", "restart", "--force", "-r", "replica");
            assertThat(all.out())
                    .contains("Success: restart on member patroni2\nSuccess: restart on member patroni3\n")
                    .doesNotContain("member patroni1\n");
        }
    }

    @Test
    void restartsAreScheduledOnceAndFlushed() {
        Run first = run("", "restart", "--force", "patroni2", "--scheduled", "2099-01-01T00:00Z");
        assertThat(first.out()).endsWith("Success: restart scheduled on member patroni2\n");
        assertThat(run("y\n\n", "restart", "patroni2", "--scheduled", "2099-02-02 02:02Z")
                        .out())
                .contains("Are you sure you want to schedule restart of members patroni2 at 2099-02-02 02:02:00+00:00?")
                .endsWith("Failed: another restart is already scheduled on member patroni2\n");
        assertThat(run("", "restart", "--force", "patroni2", "--scheduled", "2099-02-02 02:02Z")
                        .out())
                .endsWith("Success: restart scheduled on member patroni2\n");
        Run flushed = run("y\n", "flush", "batman", "restart");
        assertThat(flushed.out())
                .contains("Are you sure you want to flush members patroni1, patroni2, patroni3? [y/N]: ")
                .endsWith(
                        """
                        No scheduled restart for member patroni1
                        Success: flush scheduled restart for member patroni2
                        No scheduled restart for member patroni3
                        """);
        assertThat(run("", "flush", "batman", "nothing").code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void aRollingRestartTakesTheLeaderLast(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster other = start(SimulationOptions.defaults().withVersions(version))) {
            Run rolling = run(other, "", "restart", "--rolling", "--force");
            assertThat(rolling.code()).as(rolling.toString()).isZero();
            assertThat(rolling.out())
                    .endsWith(
                            """
                            Success: restart on member patroni2
                            Waiting for patroni2 to stream again …
                            Success: restart on member patroni3
                            Waiting for patroni3 to stream again …
                            Success: restart on member patroni1
                            Waiting for patroni1 to run again …
                            """);
        }
        Run nothing = run("", "restart", "--rolling", "--force", "--pending");
        assertThat(nothing.code()).isZero();
        assertThat(nothing.err()).isEqualTo("patop: no restart is pending, so nothing was sent\n");
        assertThat(run("", "restart", "--rolling", "--scheduled", "2099-01-01").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRestartsFiltersAreChecked() {
        Run many = run("", "restart", "--force", "--pg-version", "many");
        assertThat(many.err()).isEqualTo("Error: Invalid PostgreSQL version: many\n");
        assertThat(many.out()).startsWith("+ Cluster: batman ").endsWith("-+\n");
        // As 4.1.5's patronictl: the version is looked at after the table and the questions.
        Run asked = run("\ny\n", "restart", "--pg-version", "many");
        assertThat(asked.err()).isEqualTo("Error: Invalid PostgreSQL version: many\n");
        assertThat(asked.out()).contains("When should the restart take place", "Are you sure you want to restart");
        assertThat(run("", "restart", "--force", "--pg-version", "9.6").err())
                .isEqualTo("Error: Invalid PostgreSQL version format: X.Y or X.Y.Z is accepted: 9.6\n");
        assertThat(run("", "restart", "--force", "--timeout", "0").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("", "restart", "--force", "--pg-version", "9.6.1", "patroni2")
                        .out())
                .endsWith("status code=503, (restart conditions are not satisfied)\n");
        assertThat(run("", "restart", "--force", "--any", "--timeout", "1min").out())
                .containsOnlyOnce("Success: restart on member ");
    }

    @Test
    void reloadsTellWhen() {
        Run reloaded = run("y\n", "reload", "batman", "patroni1", "patroni2");
        assertThat(reloaded.out())
                .contains("Are you sure you want to reload members patroni1, patroni2? [y/N]: ")
                .endsWith("Reload request received for member patroni2 and will be processed within 10 seconds\n");
    }

    @Test
    void reinitAsksForAMemberAndWaits() {
        Run wrong = run("patroni1\n", "reinit", "batman");
        assertThat(wrong.out()).contains("Which member do you want to reinitialize [patroni2, patroni3]? []: ");
        assertThat(wrong.err()).isEqualTo("Error: patroni1 is not a member of cluster\n");
        Run one = run("patroni2\ny\n", "reinit", "batman", "--wait");
        assertThat(one.code()).isZero();
        assertThat(one.err()).isEmpty();
        assertThat(one.out())
                .contains("Success: reinitialize for member patroni2\n")
                .contains("Waiting for reinitialize to complete on: patroni2\n")
                .endsWith("Reinitialize is completed on: patroni2\n");
        Run both = run("n\n", "reinit", "patroni2", "patroni3");
        assertThat(both.err())
                .isEqualTo("patop: these members would be made anew at the same time, and cannot take over meanwhile:"
                        + " patroni2, patroni3\nError: Aborted reinitialize\n");
        assertThat(run("", "reinit", "--force").code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void maintenanceModeGoesOnAndOff(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster other = start(SimulationOptions.defaults().withVersions(version))) {
            assertThat(run(other, "", "pause", "--wait").out())
                    .isEqualTo("'pause' request sent, waiting until it is recognized by all nodes\n"
                            + "Success: cluster management is paused\n");
            assertThat(run(other, "", "pause").err()).isEqualTo("Error: Cluster is already paused\n");
            assertThat(run(other, "", "list").out()).contains(" Maintenance mode: on\n");
            Run scheduled = run(other, "", "switchover", "--force", "--scheduled", "2099-01-01");
            assertThat(scheduled.err()).isEqualTo("Error: Can't schedule switchover in the paused state\n");
            Run elected = run(other, "", "switchover", "--force");
            assertThat(elected.out())
                    .endsWith(
                            "Switchover failed, details: 400, Switchover is possible only to a specific candidate in a"
                                    + " paused state\n");
            assertThat(elected.err()).startsWith("Who can take over:\n");
            assertThat(run(other, "", "resume").out()).isEqualTo("Success: cluster management is resumed\n");
            assertThat(run(other, "", "resume").err()).isEqualTo("Error: Cluster is not paused\n");
        }
    }

    @Test
    void theConfigurationIsEditedByOptions() {
        Run asked = run("n\n", "edit-config", "-s", "ttl=40", "-p", "work_mem=8MB");
        assertThat(asked.code()).isEqualTo(ExitCode.FAILED);
        assertThat(asked.out())
                .startsWith("--- \n+++ \n@@ ")
                .contains("\n-ttl: 30\n+ttl: 40\n")
                .contains("\n+    work_mem: 8MB\n")
                .endsWith("Apply these changes? [y/N]: ");
        assertThat(run("", "show-config").out()).contains("ttl: 30\n");
        assertThat(run("", "edit-config", "-q", "--force", "-s", "ttl=40", "-p", "work_mem=8MB")
                        .out())
                .isEqualTo("Configuration changed\n");
        assertThat(run("", "show-config").out()).contains("ttl: 40\n").contains("    work_mem: 8MB\n");
        assertThat(run("", "edit-config", "--force", "-s", "ttl=40").out()).isEqualTo("Not changed\n");
        assertThat(run("", "edit-config", "-q", "--force", "-p", "work_mem=null")
                        .code())
                .isZero();
        assertThat(run("", "show-config").out()).doesNotContain("work_mem");
        assertThat(run("", "edit-config", "--force", "-s", "ttl").err())
                .isEqualTo("Error: Invalid parameter setting ttl\n");
        assertThat(run("", "edit-config", "--force", "-s", "ttl=[").err()).startsWith("patop: ttl, line 1: not YAML: ");
        assertThat(run("", "edit-config", "--force", "-s", "ttl=1").err())
                .isEqualTo(
                        "patop: ttl (1) should be loop_wait + 2 * retry_timeout (30) or more: the leader may lose its"
                                + " key while the DCS is slow\n");
    }

    @Test
    void theConfigurationIsMergedAndReplacedFromFiles() throws Exception {
        Path file = Files.writeString(directory.resolve("c.yaml"), "ttl: 45\nloop_wait: 9\nretry_timeout: null\n");
        assertThat(run("", "edit-config", "-q", "--force", "--apply", file.toString())
                        .out())
                .isEqualTo("Configuration changed\n");
        assertThat(run("", "show-config").out())
                .contains("ttl: 45\n", "loop_wait: 9\n", "maximum_lag_on_failover")
                .doesNotContain("retry_timeout");
        assertThat(run("ttl: 50\n", "edit-config", "-q", "--apply", "-").out())
                .isEqualTo("Use --force option to apply changes\n");
        assertThat(run("ttl: 50\nloop_wait: 9\n", "edit-config", "-q", "--replace", "-", "--force")
                        .out())
                .isEqualTo("Configuration changed\n");
        assertThat(run("", "show-config").out()).isEqualTo("loop_wait: 9\nttl: 50\n\n");
        Files.writeString(file, "ttl: 45\n  x: [\n");
        assertThat(run("", "edit-config", "--force", "--apply", file.toString()).err())
                .startsWith("patop: " + file + ", line 2: not YAML: ");
        assertThat(run("", "edit-config", "--force", "--apply", "/nowhere").err())
                .startsWith("patop: /nowhere cannot be read");
    }

    @Test
    void theConfigurationIsEditedInAnEditor() throws Exception {
        Path editor =
                Files.writeString(directory.resolve("my editor"), "#!/bin/sh\nsed -i \"s/ttl: 30/ttl: $1/\" \"$2\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        Run edited = Run.in(Map.of("EDITOR", "'" + editor + "' 35"), "y\n", "edit-config", "-u", url());
        assertThat(edited.code()).as(edited.toString()).isZero();
        assertThat(edited.out()).contains("-ttl: 30\n+ttl: 35\n").endsWith("Configuration changed\n");
        Files.writeString(editor, "#!/bin/sh\necho 'ttl: [' > \"$1\"\n");
        Run broken = Run.in(Map.of("EDITOR", "'" + editor + "'"), "y\n", "edit-config", "-u", url());
        assertThat(broken.code()).isEqualTo(ExitCode.USAGE);
        assertThat(broken.err())
                .contains("line 2: not YAML: ")
                .endsWith("; the text is kept there, nothing was changed\n");
        Path kept =
                Path.of(broken.err().substring("patop: ".length(), broken.err().indexOf(", line 2")));
        assertThat(kept).hasContent("ttl: [\n");
        Files.delete(kept);
        Run failing = Run.in(Map.of("EDITOR", "false"), "y\n", "edit-config", "-u", url());
        assertThat(failing.err()).isEqualTo("Error: Editor exited with return code 1\n");
        Run none = Run.in(Map.of("PATH", "/nowhere"), "y\n", "edit-config", "-u", url());
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aChangeMadeMeanwhileIsNotOverwritten() throws Exception {
        Path editor = directory.resolve("editor");
        Path open = directory.resolve("open");
        Path go = directory.resolve("go");
        Files.writeString(
                editor,
                "#!/bin/sh\n: > " + open + "\nwhile [ ! -e " + go + " ]; do sleep 0.05; done\n"
                        + "sed -i 's/ttl: 30/ttl: 35/' \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        CompletableFuture<Run> editing = CompletableFuture.supplyAsync(
                () -> Run.in(Map.of("EDITOR", editor.toString()), "y\n", "edit-config", "-u", url()));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(open));
        Run other = run("", "edit-config", "-u", url(), "-s", "loop_wait=5", "--force");
        assertThat(other.code()).as(other.toString()).isZero();
        Files.createFile(go);
        Run late = editing.get(1, TimeUnit.MINUTES);
        assertThat(late.code()).isEqualTo(ExitCode.FAILED);
        assertThat(late.err()).isEqualTo("Error: Config modification aborted due to concurrent changes\n");
        assertThat(run("", "show-config").out()).contains("ttl: 30\n").contains("loop_wait: 5\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "switchover --force",
                "failover --force --candidate patroni2",
                "restart --force",
                "reload --force",
                "reinit --force patroni2",
                "pause",
                "resume",
                "flush switchover",
                "edit-config --force -s ttl=40",
                "demote-cluster --force --host x",
                "promote-cluster --force"
            })
    void readOnlyNothingIsSent(String line) {
        String[] words = (line + " --read-only").split(" ", -1);
        Run after = Run.of(words);
        assertThat(after.code()).isEqualTo(ExitCode.USAGE);
        assertThat(after.out()).isEmpty();
        assertThat(after.err())
                .isEqualTo("patop: read-only: " + words[0] + " would change the cluster, so nothing was sent\n");
        Run before = Run.of(("--read-only " + line).split(" ", -1));
        assertThat(before.err()).isEqualTo(after.err());
    }

    @Test
    void whatNeedsMoreThanTheApiIsNamed() {
        assertThat(Run.of("remove", "batman").err())
                .isEqualTo("patop: remove deletes the cluster's keys in the DCS, which no REST API does: on a node,"
                        + " patronictl remove batman\n");
        assertThat(Run.of("query", "-c", "select 1", "batman").err())
                .startsWith("patop: query needs a database user")
                .contains("patop dsn");
        assertThat(Run.of("query", "-W").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theOptionsBeforeACommandCount() {
        Run before = Run.of("-u", url(), "dsn");
        assertThat(before.code()).as(before.toString()).isZero();
    }

    @Test
    void aStandbyClustersConfigurationIsAsked() {
        assertThat(run("", "demote-cluster", "--force").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("n\n", "demote-cluster", "--host", "elsewhere").err())
                .isEqualTo("Error: Aborted cluster demotion\n");
        assertThat(run("", "promote-cluster", "--force").err())
                .isEqualTo("Error: Cluster is already in the required state\n");
        assertThat(run("", "demote-cluster", "--force").err())
                .isEqualTo("Error: At least --host, --port or --restore-command should be specified\n");
    }

    @Test
    void aFailoverToAnAsynchronousMemberIsAskedForTwice() throws Exception {
        try (SimulatedCluster synchronous = start(SimulationOptions.defaults()
                .withVersions(SimulatedPatroni.V4_1_4)
                .withSynchronous(SimulationOptions.Synchronous.ON))) {
            String standby = awaitSynchronous(synchronous);
            String other = standby.equals("patroni2") ? "patroni3" : "patroni2";
            Run no = run(synchronous, "n\n", "failover", "batman", "--candidate", other);
            assertThat(no.code()).isEqualTo(ExitCode.FAILED);
            assertThat(no.out())
                    .endsWith("Are you sure you want to failover to the asynchronous node " + other + "? [y/N]: ");
            assertThat(no.err())
                    .contains("  " + other
                            + "  can take over, 0 B behind, but it is asynchronous: acknowledged writes may be"
                            + " lost\n")
                    .endsWith("Error: Aborting failover\n");
            Run known = run(synchronous, "n\n", "failover", "batman", "--candidate", standby);
            assertThat(known.out())
                    .doesNotContain("asynchronous")
                    .endsWith("demoting current leader patroni1? [y/N]: ");
            Run forced = run(synchronous, "", "failover", "batman", "--candidate", other, "--force");
            assertThat(forced.out())
                    .doesNotContain("[y/N]")
                    .containsPattern("Failover failed|Successfully failed over");
        }
    }

    private static String awaitSynchronous(SimulatedCluster synchronous) {
        String list = await("a synchronous standby")
                .atMost(SOON)
                .until(
                        () -> run(synchronous, "", "list", "-f", "tsv").out(),
                        members -> members.contains("Sync Standby"));
        String standby = list.lines()
                .filter(line -> line.contains("Sync Standby"))
                .findFirst()
                .orElseThrow();
        return standby.split("\t", -1)[1];
    }

    @Test
    void theNewestSayWhatPatronictl41Says() throws Exception {
        try (SimulatedCluster newest = start(SimulationOptions.defaults().withVersions(SimulatedPatroni.V4_1_4))) {
            assertThat(run(newest, "", "failover", "--force", "--candidate", "patroni1")
                            .err())
                    .isEqualTo("Error: Member patroni1 is already the leader of cluster batman\n");
            assertThat(run(newest, "", "failover", "--force", "--candidate", "nobody")
                            .err())
                    .isEqualTo("Error: Member nobody does not exist in cluster batman or is tagged as nofailover\n");
            assertThat(run(newest, "", "failover", "--force").err())
                    .isEqualTo("Error: Failover could be performed only to a specific candidate\n");
            assertThat(run(newest, "", "restart", "batman", "patroni1", "-r", "replica", "--force")
                            .err())
                    .isEqualTo("Error: No 'replica' among provided members\n");
            assertThat(run(newest, "", "restart", "batman", "nobody", "--force").err())
                    .isEqualTo("Error: No 'any' among provided members\n");
            assertThat(run(newest, "", "reinit", "batman", "patroni1", "--force")
                            .err())
                    .isEqualTo("Error: No replica among provided members\n");
            assertThat(run(newest, "", "switchover", "--candidate").err())
                    .isEqualTo("Error: Option '--candidate' requires an argument.\n");
        }
    }

    @Test
    void theHistoryOfOldNodesTellsNoLeader() throws Exception {
        try (SimulatedCluster old = start(SimulationOptions.defaults().withVersions(SimulatedPatroni.V2_0_1))) {
            assertThat(run(old, "", "history").out()).contains("| Timestamp |").doesNotContain("New Leader");
        }
        assertThat(run("", "history").out()).contains("New Leader");
    }

    @Test
    void fractionsOfASecondAreKept() {
        assertThat(run("", "switchover", "--force", "--scheduled", "2099-01-01T00:00:01.5+02:00")
                        .out())
                .contains("Switchover scheduled at: 2099-01-01T00:00:01.500000+02:00\n");
        assertThat(run("y\n\n", "restart", "batman", "patroni2", "--scheduled", "2099-02-02T02:02:02.123456789Z")
                        .out())
                .contains(" patroni2 at 2099-02-02 02:02:02.123456+00:00? [y/N]: ");
    }

    @Test
    void whatIsPastIsPatronisToRefuse() {
        assertThat(run("", "switchover", "--force", "--scheduled", "1999-01-01T00:00Z")
                        .out())
                .endsWith("Switchover failed, details: 422, Cannot schedule switchover in the past\n");
    }

    @Test
    void ofSeveralClustersTheNamedOneIsTaken() throws Exception {
        try (SimulatedCluster robin = SimulatedCluster.start(
                SimulationOptions.defaults().withScope("robin").withSpeed(20).withWalRate(0))) {
            String both = url() + "," + url(robin);
            Run second = Run.of("list", "robin", "-f", "tsv", "-u", both);
            assertThat(second.out()).contains("\nrobin\tpatroni1").doesNotContain("batman");
            assertThat(Run.of("list", "batman", "-f", "tsv", "-u", both).out()).contains("\nbatman\tpatroni1");
            assertThat(Run.of("list", "robin", "batman", "-u", both).out())
                    .containsSubsequence("Cluster: robin", "Cluster: batman");
            assertThat(Run.of("topology", "robin", "-u", both).out()).contains("Cluster: robin");
            assertThat(Run.of("pause", "robin", "-u", both).code()).isZero();
            assertThat(run("", "list").out()).doesNotContain("Maintenance");
            assertThat(run(robin, "", "list").out()).contains("Maintenance mode: on");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list --nope|list|[CLUSTER_NAMES]...|No such option: --nope",
                "restart --forse|restart|[CLUSTER_NAME] [MEMBER_NAMES]...|No such option: --forse Did you mean --force?",
                "demote-cluster --port x|demote-cluster|[CLUSTER_NAME]|Invalid value for '--port': 'x' is not a valid"
                        + " integer.",
                "list -f xml|list|[CLUSTER_NAMES]...|Invalid value for '--format' / '-f': 'xml' is not one of 'pretty',"
                        + " 'tsv', 'json', 'yaml', 'yml'.",
                "flush nothing|flush|[CLUSTER_NAME] [MEMBER_NAMES]... {restart/switchover}|Invalid value for"
                        + " '{restart/switchover}': 'nothing' is not one of 'restart', 'switchover'."
            })
    void wrongUsageIsToldAsClickTellsIt(String given) {
        String[] parts = given.split("\\|", -1);
        Run wrong = Run.of(parts[0].split(" ", -1));
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err())
                .isEqualTo("Usage: patop %s [OPTIONS] %s\nTry 'patop %s --help' for help.\n\nError: %s\n"
                        .formatted(parts[1], parts[2], parts[1], parts[3])
                        .replace("t/s", "t|s"));
    }

    @Test
    void noAnswerIsAskedForWithYes() {
        Run scheduled = run("", "switchover", "-y", "--candidate", "patroni2", "--scheduled", "2099-01-01T00:00Z");
        assertThat(scheduled.out()).contains(" Switchover scheduled\n");
        assertThat(run("", "reload", "--yes").code()).isZero();
        assertThat(run("", "reinit", "patroni2", "--yes").out())
                .endsWith("Success: reinitialize for member patroni2\n");
    }
}
