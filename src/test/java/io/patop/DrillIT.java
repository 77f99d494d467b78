package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drills of a real cluster, beside a writer that shares no code with the probe. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class DrillIT {

    private static final Duration A_DRILL = Duration.ofMinutes(8);

    private final RealCluster cluster;
    private final RealDatabase database;
    private final RealDrill drill;

    DrillIT(RealCluster cluster) throws IOException {
        this.cluster = cluster;
        this.database = new RealDatabase(cluster, A_DRILL);
        this.drill = new RealDrill(cluster, database);
    }

    /** Here, not in the tests: what fails here as well does not hide why the test failed. */
    @AfterEach
    void tidy() throws IOException {
        drill.tidy();
        database.settings("synchronous_mode=null", "synchronous_mode_strict=null", "maximum_lag_on_failover=null");
        database.sql("DROP TABLE IF EXISTS by_hand, patop_probe");
    }

    @Test
    @Tag("forky")
    @Tag("bullseye")
    void threeRunsAgreeWithAnotherWriterAndLoseNothing() throws IOException {
        database.settings("synchronous_mode=true", "synchronous_mode_strict=true");
        database.startWriter();
        JsonNode report = drill.run(0, "--fault", "stop,kill,switchover", "--max-outage", "60s");

        assertThat(report.path("met").asBoolean()).isTrue();
        assertThat(report.path("settings").path("synchronous_mode").asText()).isEqualTo("strict");
        assertThat(report.path("runs")).hasSize(3);
        assertThat(report.path("lost").asLong()).isZero();
        List<RealDatabase.Gap> gaps = database.gaps();
        for (JsonNode run : report.path("runs")) {
            double probed = run.path("outage").asDouble();
            RealDatabase.Gap written = longest(gaps, run);
            System.out.printf(
                    "%s: outage %.3f s by the drill, %.3f s by the other writers%n",
                    run.path("fault").asText(), probed, written.seconds());
            assertThat(probed).as(run.toString()).isCloseTo(written.seconds(), written.tolerance());
            assertThat(run.path("verified").asBoolean()).isTrue();
            assertThat(run.path("timeline_after").asLong())
                    .isEqualTo(run.path("timeline_before").asLong() + 1);
        }
    }

    /** Acknowledged by the leader alone, since its standbys receive nothing any more; gone with it. */
    @Test
    void acknowledgedWritesThatVanishAreReportedByNumber() throws IOException {
        database.settings("maximum_lag_on_failover=1000000000");
        drill.start("--fault", "kill", "--settle", "15s");
        database.await("a healthy start", () -> docker("logs", "drill"), log -> log.contains("check: all is well"));
        String leader = database.leader();
        database.toWalreceivers(leader, "STOP");
        database.await("the kill", () -> docker("logs", "drill"), log -> log.contains("leader lost"));
        database.toWalreceivers(leader, "KILL");
        JsonNode report = drill.ended(1);

        assertThat(report.path("met").asBoolean(true)).isFalse();
        assertThat(report.path("lost").asLong())
                .as(docker("service", "ps", "patroni_" + leader))
                .isGreaterThan(20);
        List<String> lost = new ArrayList<>();
        report.path("runs").path(0).path("lost_numbers").forEach(range -> {
            for (long number = range.get(0).asLong(); number <= range.get(1).asLong(); number++) {
                lost.add(String.valueOf(number));
            }
        });
        System.out.println("lost: " + report.path("lost_numbers"));
        assertThat(lost).hasSize((int) report.path("lost").asLong());
        assertThat(database.sql(
                        "SELECT count(*) FROM patop_probe WHERE patop_number IN (" + String.join(",", lost) + ")"))
                .isEqualTo("0");
        assertThat(report.path("still_broken")).isEmpty();
    }

    /** PgBouncer waits after a login that failed, while HAProxy long routes to the new leader. */
    @Test
    void throughPgBouncerTheTimeOfItsStaleConnectionsIsNamed() throws IOException {
        cluster.up("--pgbouncer");
        try {
            drill.startOn("pgbouncer:6432/patop", List.of("--fault", "stop"));
            JsonNode report = drill.ended(0);

            assertThat(report.path("probe").asText()).contains("through PgBouncer 1.");
            JsonNode run = report.path("runs").path(0);
            assertThat(run.path("lost").asLong()).isZero();
            List<JsonNode> pool = new ArrayList<>();
            run.path("bill").forEach(piece -> {
                if (piece.path("stage").asText().equals("pool")) {
                    pool.add(piece);
                }
            });
            assertThat(pool).as(run.toString()).singleElement().satisfies(piece -> {
                assertThat(piece.path("seconds").asDouble()).isBetween(0.05, 20.0);
                assertThat(piece.path("rule").asText()).contains("server_login_retry 15 s");
            });
            assertThat(run.path("phases").has("pool_serves")).as(run.toString()).isTrue();
        } finally {
            docker("service", "rm", "patroni_pgbouncer");
        }
    }

    @Test
    void itRefusesAClusterThatIsNotWholeAndADatabaseThatIsNotThere() throws IOException {
        drill.start("--fault", "stop", "--target", "nobody");
        assertThat(drill.said(1)).contains("patop: nothing was broken: ", "no member nobody; there are patroni1");
        docker("rm", "-f", "drill");
        drill.startOn("haproxy:5000/none", List.of());
        assertThat(drill.said(1)).contains("patop: nothing was broken: ", "none");
    }

    private static RealDatabase.Gap longest(List<RealDatabase.Gap> gaps, JsonNode run) {
        double from = Instant.parse(run.path("began").asText()).toEpochMilli() / 1000.0;
        double to = from + run.path("whole_again").asDouble();
        return gaps.stream()
                .filter(gap -> gap.to() > from && gap.from() < to)
                .max(Comparator.comparing(RealDatabase.Gap::seconds))
                .orElseThrow();
    }

    private String docker(String... arguments) throws IOException {
        return database.docker(arguments);
    }
}
