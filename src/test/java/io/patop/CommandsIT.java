package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** patop's commands beside patronictl's own, on real nodes: the same words, and the same done. */
@Tag("bookworm")
@Tag("forky")
@ExtendWith(OnRealCluster.class)
class CommandsIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String STACK = "patroni1:8091,patroni2:8091,patroni3:8091";
    private static final String SECURE = "https://secure1:8091,https://secure2:8091";

    @TempDir
    Path directory;

    private final RealCluster cluster;

    CommandsIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whatIsReadIsTheSameInEachFormat() throws IOException {
        for (String command : List.of(
                "list -f pretty",
                "list -f tsv",
                "list -f json",
                "list -f yaml",
                "list -e",
                "topology",
                "history",
                "history -f tsv",
                "history -f json",
                "history -f yaml",
                "show-config",
                "dsn",
                "dsn -r replica",
                "dsn -m patroni2")) {
            assertSame(command, () -> patronictl("", command), () -> patop("", command));
        }
        assertThat(withoutFirstLine(patop("", "version patroni")))
                .isEqualTo(withoutFirstLine(patronictl("", "version patroni")));
    }

    @Test
    void whatIsDoneIsTheSame() throws IOException {
        for (List<String> command : List.of(
                List.of("", "reload patroni --force"),
                List.of("y\\n", "reload patroni patroni2"),
                List.of("", "restart patroni patroni2 --force"),
                List.of("\\ny\\n\\n", "restart patroni patroni3"),
                List.of("", "restart patroni patroni2 --force --pg-version 9.6.1"),
                List.of("", "restart patroni patroni2 --force --role replica --timeout 60"),
                List.of("", "flush patroni restart --force"),
                List.of("", "flush patroni switchover"),
                List.of("", "reinit patroni patroni3 --force --wait"),
                List.of("n\\n", "edit-config -s ttl=33"),
                List.of("ttl: 33\\n", "edit-config --apply -"),
                List.of("", "edit-config --force -s ttl=20"))) {
            String theirs = patronictl(command.get(0), command.get(1));
            cluster.awaitHealth();
            String ours = patop(command.get(0), command.get(1));
            cluster.awaitHealth();
            assertThat(normal(withoutWarnings(ours))).as(command.get(1)).startsWith(normal(theirs));
        }
    }

    /** Without patop's own words on standard error: Docker may bring them before what was printed earlier. */
    private static String withoutWarnings(String said) {
        return said.replaceAll("(?m)^patop: .*\\n", "");
    }

    @Test
    void whatOneSchedulesTheOtherSeesAndCallsOff() throws IOException {
        patop("", "restart patroni patroni2 --force --scheduled 2099-01-01T00:00Z");
        assertThat(patronictl("", "list")).contains("2099-01-01T00:00:00+00:00");
        assertThat(patronictl("", "flush patroni restart --force"))
                .contains("Success: flush scheduled restart for member patroni2");
        patronictl("", "restart patroni patroni2 --force --scheduled 2099-01-01T00:00Z");
        assertThat(patop("", "flush patroni restart --force"))
                .contains("Success: flush scheduled restart for member patroni2");

        patop("", "switchover --force --scheduled 2099-01-01T00:00+02:00");
        assertThat(patronictl("", "list")).contains("Switchover scheduled at: 2099-01-01T00:00:00+02:00");
        assertThat(patronictl("", "flush patroni switchover")).contains("Success: scheduled switchover deleted");
        patronictl("", "switchover --force --scheduled 2099-01-01T00:00+02:00");
        assertThat(patop("", "flush patroni switchover")).isEqualTo("Success: scheduled switchover deleted\n");
    }

    @Test
    void maintenanceModeAndConfigurationChangeForBoth() throws IOException {
        assertThat(patop("", "pause --wait"))
                .hasLineCount(2)
                .startsWith("'pause' request sent, waiting until it is recognized by all nodes\n")
                .endsWith("Success: cluster management is paused\n");
        assertThat(patronictl("", "list")).contains("Maintenance mode: on");
        assertThat(patronictl("", "resume --wait")).contains("Success: cluster management is resumed");
        assertThat(patop("", "list")).doesNotContain("Maintenance mode");

        patop("", "edit-config --force -p work_mem=8MB");
        assertThat(patronictl("", "show-config")).contains("    work_mem: 8MB\n");
        patronictl("", "edit-config --force -p work_mem=null");
        assertThat(patop("", "show-config")).doesNotContain("work_mem");
    }

    @Test
    void leadersChangeByBoth() throws IOException {
        String first = leader();
        String second = first.equals("patroni1") ? "patroni2" : "patroni1";
        assertThat(patop("", "switchover --force --candidate " + second))
                .contains("Successfully switched over to \"" + second + '"');
        cluster.awaitHealth();
        assertThat(leader()).isEqualTo(second);
        assertThat(patronictl("", "switchover --force --candidate " + first))
                .contains("Successfully switched over to \"" + first + '"');
        cluster.awaitHealth();
        assertThat(patop(second + "\\ny\\n", "failover"))
                .contains("Who can take over:", second + "  can take over", "Successfully failed over to \"" + second);
        cluster.awaitHealth();
        assertThat(patop("", "switchover --force --candidate nobody"))
                .containsPattern(
                        "Error: Member nobody does not exist in cluster patroni( or is tagged as nofailover)?\n");
        assertThat(patop("", "restart patroni patroni2 --force --pending"))
                .contains("patop: no restart is pending, so nothing was sent\n")
                .doesNotContain("Success", "Failed");
    }

    @Test
    void aRollingRestartLeavesTheLeaderToTheEnd() throws IOException {
        String leader = leader();
        String told = patop("", "restart --rolling --force");
        assertThat(told.lines().filter(line -> line.startsWith("Success: ")))
                .hasSize(3)
                .last()
                .isEqualTo("Success: restart on member " + leader);
        assertThat(leader()).isEqualTo(leader);
    }

    @Test
    void overTlsWithAPasswordAndClientCertificates() throws IOException {
        cluster.inside(
                LONG,
                "env",
                "PATOP_STACK_IMAGE=" + cluster.image(),
                "src/test/cluster/secure",
                "start",
                directory.toString());
        try {
            for (String command : List.of("list", "topology", "history -f json", "show-config", "dsn")) {
                assertSame(command, () -> secureCtl(command), () -> secure("", command));
            }
            assertThat(secure("", "restart secure --force secure2")).endsWith("Success: restart on member secure2\n");
            assertThat(secure("", "reload secure --force")).isEqualTo(secureCtl("reload secure --force"));
            assertThat(secure("", "pause --wait")).endsWith("Success: cluster management is paused\n");
            assertThat(secure("", "resume")).endsWith("Success: cluster management is resumed\n");
            assertThat(secure("", "edit-config --force -q -s ttl=21")).isEqualTo("Configuration changed\n");
            assertThat(secureCtl("show-config")).contains("ttl: 21\n");
            assertThat(secure("", "switchover --force")).contains("Successfully switched over to \"secure");

            // TLS 1.3 refuses after the handshake: Java may see the connection closed before it reads why.
            assertThat(patop(SECURE, "", List.of("PATRONI_CTL_CACERT=/certs/ca.pem"), "list"))
                    .containsPattern(
                            "https://secure1:8091: it (wants a client certificate"
                                    + "|closed the connection without an answer, .*, or a server that wants a client certificate)");
            assertThat(patop(SECURE, "", List.of("PATRONI_CTL_CACERT=/certs/other-ca.pem"), "list"))
                    .contains("its certificate is of an authority that is not trusted here");
            List<String> shown = List.of(
                    "PATRONI_CTL_CACERT=/certs/ca.pem",
                    "PATRONI_CTL_CERTFILE=/certs/client.pem",
                    "PATRONI_CTL_KEYFILE=/certs/client.key");
            assertThat(patop(SECURE, "", shown, "reload --force"))
                    .contains("status code=401, (no auth header received)", "PATRONI_CTL_USERNAME");
            List<String> wrong = new ArrayList<>(shown);
            wrong.addAll(List.of("PATRONI_CTL_USERNAME=admin", "PATRONI_CTL_PASSWORD=wrong"));
            assertThat(patop(SECURE, "", wrong, "pause"))
                    .contains("status code=401, (not authenticated)")
                    .doesNotContain("wrong");
        } finally {
            cluster.inside(LONG, "src/test/cluster/secure", "stop");
        }
    }

    private interface Command {
        String output() throws IOException;
    }

    /** The cluster lives: between the two commands a lag may have moved, and 4.1 shows positions in the WAL too. */
    private static void assertSame(String command, Command theirs, Command ours) throws IOException {
        String[] pair = {"", "?"};
        for (int attempt = 0; attempt < 5 && !pair[0].equals(pair[1]); attempt++) {
            pair[0] = theirs.output();
            pair[1] = ours.output();
        }
        assertThat(pair[1]).as(command).isEqualTo(pair[0]);
    }

    private String leader() throws IOException {
        return patop("", "list -f tsv")
                .lines()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[3].equals("Leader"))
                .map(cells -> cells[1])
                .findFirst()
                .orElseThrow();
    }

    private String secure(String input, String command) throws IOException {
        return patop(SECURE, input, List.of("PATRONICTL_CONFIG_FILE=/certs/patronictl.yaml"), command);
    }

    private String secureCtl(String command) throws IOException {
        return cluster.inside(LONG, "sh", "-c", "docker exec -i secure1 patronictl " + command + " 2>&1; true");
    }

    private String patop(String input, String command) throws IOException {
        return patop(STACK, input, List.of(), command);
    }

    /** What it printed to both outputs, of which Docker may bring either first; what comes of it is asked of the cluster. */
    private String patop(String url, String input, List<String> environment, String command) throws IOException {
        String variables = environment.isEmpty() ? "" : "-e " + String.join(" -e ", environment);
        return cluster.inside(
                LONG,
                "sh",
                "-c",
                "printf '" + input + "' | docker run --rm -i --network=patroni_patroni " + variables + " -v "
                        + directory + ":/certs:ro patop " + command + " -u " + url + " 2>&1; true");
    }

    private String patronictl(String input, String command) throws IOException {
        return cluster.inside(
                LONG,
                "sh",
                "-c",
                "printf '" + input + "' | docker exec -i $(docker ps -q -f name=patroni_patroni3) patronictl " + command
                        + " 2>&1; true");
    }

    private static String withoutFirstLine(String text) {
        return text.substring(text.indexOf('\n') + 1);
    }

    /** Without the hour that is suggested, and without the positions in the WAL that 4.1 shows: they grow meanwhile. */
    private static String normal(String text) {
        return text.replaceAll("\\(e\\.g\\. 20[0-9T:-]+", "(e.g. TIME")
                .replaceAll("[0-9A-F]+/[0-9A-F]{3,}", "LSN")
                .strip();
    }
}
