package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The write probe through HAProxy while a real leader dies, beside a writer that shares no code with it. */
@Tag("bookworm")
@Tag("forky")
@ExtendWith(OnRealCluster.class)
class ProbeIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_FAILOVER = Duration.ofMinutes(2);
    private static final String DSN = "postgresql://patop@haproxy:5000/patop?sslmode=disable";

    private final RealCluster cluster;
    private final RealDatabase database;

    ProbeIT(RealCluster cluster) {
        this.cluster = cluster;
        this.database = new RealDatabase(cluster, A_FAILOVER);
    }

    /** Synchronous, since a leader that is killed may have acknowledged what no other member has. */
    @Test
    void anOutageIsAsLongAsAnotherWriterSaysAndNothingIsLost() throws IOException {
        database.settings("synchronous_mode=true", "synchronous_mode_strict=true");
        database.awaitSynchronousStandby();
        String leader = database.leader();
        probe("--create");
        database.startWriter();
        try {
            awaitWrites();
            kill(leader);
            awaitWritesAgain();
            database.endWriter();
            JsonNode summary = summary();

            assertThat(summary.get("verified").asBoolean()).isTrue();
            assertThat(summary.get("lost")).isEmpty();
            assertThat(summary.get("two_leaders").asBoolean()).isFalse();
            double probed = summary.get("longest_outage_seconds").asDouble();
            RealDatabase.Gap written = database.gaps().stream()
                    .max(Comparator.comparing(RealDatabase.Gap::seconds))
                    .orElseThrow();
            System.out.printf("outage: %.3f s by the probe, %.3f s by the other writers%n", probed, written.seconds());
            assertThat(probed).isCloseTo(written.seconds(), written.tolerance());
            assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "probe")).isEqualTo("0");
        } finally {
            docker("rm", "-f", "probe");
            database.removeWriter();
            docker("service", "scale", "-d", "patroni_" + leader + "=1");
            cluster.awaitHealth();
            database.settings("synchronous_mode=null", "synchronous_mode_strict=null");
            database.sql("DROP TABLE IF EXISTS by_hand, patop_probe");
        }
    }

    /** Acknowledged by the leader alone, since its standbys receive nothing any more; gone with it. */
    @Test
    void anAcknowledgedWriteThatVanishesIsReportedByItsNumber() throws IOException {
        database.settings("maximum_lag_on_failover=1000000000");
        String leader = database.leader();
        probe("--create");
        try {
            awaitWrites();
            database.toWalreceivers(leader, "STOP");
            long before = lastWritten();
            database.await(
                    "writes that no standby has",
                    () -> database.sql("SELECT max(patop_number) FROM patop_probe"),
                    number -> Long.parseLong(number) > before + 20);
            long last = lastWritten();
            kill(leader);
            database.toWalreceivers(leader, "KILL");
            awaitWritesAgain();
            JsonNode summary = summary();

            List<Long> lost = new ArrayList<>();
            summary.get("lost").forEach(range -> {
                for (long number = range.get(0).asLong(); number <= range.get(1).asLong(); number++) {
                    lost.add(number);
                }
            });
            System.out.println("lost: " + summary.get("lost"));
            assertThat(lost).contains(last, last - 1, last - 10);
            assertThat(database.sql("SELECT count(*) FROM patop_probe WHERE patop_number IN ("
                            + String.join(
                                    ",", lost.stream().map(String::valueOf).toList()) + ")"))
                    .isEqualTo("0");
            assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "probe")).isEqualTo("1");
        } finally {
            docker("rm", "-f", "probe");
            docker("service", "scale", "-d", "patroni_" + leader + "=1");
            cluster.awaitHealth();
            database.settings("maximum_lag_on_failover=null");
            database.sql("DROP TABLE IF EXISTS patop_probe");
        }
    }

    private void awaitWrites() throws IOException {
        database.await(
                "writes",
                () -> database.sql("SELECT count(*) FROM patop_probe"),
                count -> Integer.parseInt(count) > 20);
    }

    private void awaitWritesAgain() throws IOException {
        database.await("writes again", () -> docker("logs", "probe"), log -> log.contains("writes_back"));
    }

    private long lastWritten() throws IOException {
        return Long.parseLong(database.sql("SELECT max(patop_number) FROM patop_probe"));
    }

    private void probe(String... more) throws IOException {
        database.docker(List.of(
                List.of("run", "-d", "--name", "probe", "--network=patroni_patroni", "-e", "PGPASSWORD=patop"),
                List.of("patop", "probe", "-f", "json", "--rate", "20", "--dsn", DSN),
                List.of(more)));
        database.await("the probe", () -> docker("logs", "probe"), log -> log.contains("writing to"));
    }

    /** As by Ctrl-C; what it says last. */
    private JsonNode summary() throws IOException {
        docker("kill", "-s", "INT", "probe");
        docker("wait", "probe");
        String log = docker("logs", "probe");
        String last = log.lines()
                .filter(line -> line.contains("probe_summary"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no summary: " + log));
        return new JsonMapper().readTree(last);
    }

    /** SIGKILL, and no new task: the cluster has to do without it. */
    private void kill(String member) throws IOException {
        String container = database.container(member);
        cluster.inside(
                SOON,
                "sh",
                "-c",
                "docker service scale -d patroni_" + member + "=0 >/dev/null; docker kill " + container);
    }

    private String docker(String... arguments) throws IOException {
        return database.docker(arguments);
    }
}
