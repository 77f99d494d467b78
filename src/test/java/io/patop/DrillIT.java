package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drills of a real cluster, beside a writer that shares no code with the probe. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class DrillIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_DRILL = Duration.ofMinutes(8);

    private final RealCluster cluster;
    private final RealDatabase database;
    private Path reports;

    DrillIT(RealCluster cluster) {
        this.cluster = cluster;
        this.database = new RealDatabase(cluster, A_DRILL);
    }

    /** Written by the container's own user; Docker reads paths from the root, so it lies where both look. */
    @BeforeEach
    void aPlaceForReports() throws IOException {
        reports = Files.createTempDirectory("patop-drill");
        Files.setPosixFilePermissions(reports, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** Here, not in the tests: what fails here as well does not hide why the test failed. */
    @AfterEach
    void tidy() throws IOException {
        cluster.inside(SOON, "sh", "-c", "docker rm -f drill writer > /dev/null 2>&1 || true");
        RealCluster.run(SOON, List.of("rm", "-rf", reports.toString()));
        // A drill that was cut off leaves a node at 0.
        docker("service", "scale", "-d", "patroni_patroni1=1", "patroni_patroni2=1", "patroni_patroni3=1");
        database.settings("synchronous_mode=null", "synchronous_mode_strict=null", "maximum_lag_on_failover=null");
        database.sql("DROP TABLE IF EXISTS by_hand, patop_probe");
    }

    @Test
    @Tag("forky")
    @Tag("bullseye")
    void threeRunsAgreeWithAnotherWriterAndLoseNothing() throws IOException {
        database.settings("synchronous_mode=true", "synchronous_mode_strict=true");
        database.startWriter();
        JsonNode report = drill(0, "--fault", "stop,kill,switchover", "--max-outage", "60s");

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
        start("--fault", "kill", "--settle", "15s");
        database.await("a healthy start", () -> docker("logs", "drill"), log -> log.contains("check: all is well"));
        String leader = database.leader();
        database.toWalreceivers(leader, "STOP");
        database.await("the kill", () -> docker("logs", "drill"), log -> log.contains("leader lost"));
        database.toWalreceivers(leader, "KILL");
        JsonNode report = ended(1);

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

    @Test
    void itRefusesAClusterThatIsNotWholeAndADatabaseThatIsNotThere() throws IOException {
        start("--fault", "stop", "--target", "nobody");
        assertThat(said(1)).contains("patop: nothing was broken: ", "no member nobody; there are patroni1");
        docker("rm", "-f", "drill");
        database.docker(List.of(
                run("-d"),
                List.of("patop", "drill", "--yes", "--dsn", "postgresql://patop@haproxy:5000/none?sslmode=disable")));
        assertThat(said(1)).contains("patop: nothing was broken: ", "none");
    }

    private JsonNode drill(int code, String... more) throws IOException {
        start(more);
        JsonNode report = ended(code);
        docker("rm", "-f", "drill");
        return report;
    }

    private void start(String... more) throws IOException {
        database.docker(List.of(
                run("-d"),
                List.of("patop", "drill", "--yes", "--create", "--rate", "20"),
                List.of("--dsn", "postgresql://patop@haproxy:5000/patop?sslmode=disable"),
                List.of("--report", "/out/drill.json"),
                List.of(more)));
    }

    private List<String> run(String how) {
        return List.of(
                "run",
                how,
                "--name",
                "drill",
                "--network=patroni_patroni",
                "--volume=" + cluster.socket() + ":/var/run/docker.sock",
                "--volume=" + reports + ":/out",
                "--env=PGPASSWORD=patop");
    }

    private JsonNode ended(int code) throws IOException {
        String said = said(code);
        System.out.println(said);
        return new JsonMapper().readTree(reports.resolve("drill.json").toFile());
    }

    private String said(int code) throws IOException {
        database.await("the end", () -> docker("inspect", "-f", "{{.State.Status}}", "drill"), "exited"::equals);
        String said = docker("logs", "drill");
        assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "drill"))
                .as(said)
                .isEqualTo(String.valueOf(code));
        return said;
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
