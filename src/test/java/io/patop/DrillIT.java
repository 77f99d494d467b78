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
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drills of a real cluster, beside a writer that shares no code with the probe. */
@ExtendWith(OnRealCluster.class)
class DrillIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_DRILL = Duration.ofMinutes(8);
    private static final String IMAGE = "patop-stack:bookworm";

    /** By libpq, with a new connection after each failure; each line is the time before, after, and whether it failed. */
    private static final String WRITER =
            """
            import os, time, psycopg2
            connection = None
            while True:
                began = time.time()
                try:
                    if connection is None:
                        connection = psycopg2.connect("connect_timeout=2")
                        connection.autocommit = True
                    connection.cursor().execute("INSERT INTO by_hand VALUES (now())")
                    print(began, time.time(), 0, flush=True)
                except psycopg2.Error:
                    connection = None
                    print(began, time.time(), 1, flush=True)
                time.sleep(0.02)
            """;

    private static final String WALRECEIVERS = "for p in /proc/[0-9]*; do grep -qa walr[e]ceiver $p/cmdline"
            + " 2>/dev/null && kill -SIGNAL ${p#/proc/}; done; true";

    private final RealCluster cluster;
    private Path reports;

    DrillIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    /** Written by the container's own user; Docker reads paths from the root, so it lies where both look. */
    @BeforeEach
    void aPlaceForReports() throws IOException {
        reports = Files.createTempDirectory("patop-drill");
        Files.setPosixFilePermissions(reports, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void tidy() throws IOException {
        cluster.inside(SOON, "sh", "-c", "docker rm -f drill > /dev/null 2>&1 || true");
        RealCluster.run(SOON, List.of("rm", "-rf", reports.toString()));
    }

    @Test
    void threeRunsAgreeWithAnotherWriterAndLoseNothing() throws IOException {
        settings("synchronous_mode=true", "synchronous_mode_strict=true");
        sql("CREATE TABLE by_hand (at timestamptz)");
        docker(all(List.of(
                List.of("run", "-d", "--name", "writer", "--network=patroni_patroni"),
                psqlVariables(),
                List.of(IMAGE, "python3", "-c", WRITER))));
        try {
            await(
                    "the writer",
                    () -> docker("logs", "writer"),
                    log -> log.lines().count() > 20);
            JsonNode report = drill(0, "--fault", "stop,kill,switchover", "--max-outage", "60s");

            assertThat(report.path("met").asBoolean()).isTrue();
            assertThat(report.path("settings").path("synchronous_mode").asText())
                    .isEqualTo("strict");
            assertThat(report.path("runs")).hasSize(3);
            assertThat(report.path("lost").asLong()).isZero();
            List<Gap> gaps = gaps(docker("logs", "writer"));
            for (JsonNode run : report.path("runs")) {
                double probed = run.path("outage").asDouble();
                double written = longest(gaps, run);
                System.out.printf(
                        "%s: outage %.3f s by the drill, %.3f s by the other writer%n",
                        run.path("fault").asText(), probed, written);
                assertThat(probed).as(run.toString()).isCloseTo(written, Offset.offset(0.2));
                assertThat(run.path("verified").asBoolean()).isTrue();
                assertThat(run.path("timeline_after").asLong())
                        .isEqualTo(run.path("timeline_before").asLong() + 1);
            }
        } finally {
            docker("rm", "-f", "writer");
            settings("synchronous_mode=null", "synchronous_mode_strict=null");
            cluster.awaitHealth();
            sql("DROP TABLE IF EXISTS by_hand, patop_probe");
        }
    }

    /** Acknowledged by the leader alone, since its standbys receive nothing any more; gone with it. */
    @Test
    void acknowledgedWritesThatVanishAreReportedByNumber() throws IOException {
        settings("maximum_lag_on_failover=1000000000");
        try {
            start("--fault", "kill", "--settle", "15s");
            await("a healthy start", () -> docker("logs", "drill"), log -> log.contains("check: all is well"));
            String leader = leader();
            toWalreceivers(leader, "STOP");
            await("the kill", () -> docker("logs", "drill"), log -> log.contains("leader lost"));
            toWalreceivers(leader, "KILL");
            JsonNode report = ended(1);

            assertThat(report.path("met").asBoolean(true)).isFalse();
            assertThat(report.path("lost").asLong()).isGreaterThan(20);
            List<String> lost = new ArrayList<>();
            report.path("runs").path(0).path("lost_numbers").forEach(range -> {
                for (long number = range.get(0).asLong(); number <= range.get(1).asLong(); number++) {
                    lost.add(String.valueOf(number));
                }
            });
            System.out.println("lost: " + report.path("lost_numbers"));
            assertThat(lost).hasSize((int) report.path("lost").asLong());
            assertThat(sql("SELECT count(*) FROM patop_probe WHERE patop_number IN (" + String.join(",", lost) + ")"))
                    .isEqualTo("0");
            assertThat(report.path("still_broken")).isEmpty();
        } finally {
            docker("rm", "-f", "drill");
            settings("maximum_lag_on_failover=null");
            cluster.awaitHealth();
            sql("DROP TABLE IF EXISTS patop_probe");
        }
    }

    @Test
    void itRefusesAClusterThatIsNotWholeAndADatabaseThatIsNotThere() throws IOException {
        start("--fault", "stop", "--target", "nobody");
        assertThat(said(1)).contains("patop: nothing was broken: ", "no member nobody; there are patroni1");
        docker("rm", "-f", "drill");
        docker(all(List.of(
                run("-d"),
                List.of("patop", "drill", "--yes", "--dsn", "postgresql://patop@haproxy:5000/none?sslmode=disable"))));
        assertThat(said(1)).contains("patop: nothing was broken: ", "none");
        docker("rm", "-f", "drill");
        sql("DROP TABLE IF EXISTS patop_probe");
    }

    private JsonNode drill(int code, String... more) throws IOException {
        start(more);
        JsonNode report = ended(code);
        docker("rm", "-f", "drill");
        return report;
    }

    private void start(String... more) throws IOException {
        docker(all(List.of(
                run("-d"),
                List.of("patop", "drill", "--yes", "--create", "--rate", "20"),
                List.of("--dsn", "postgresql://patop@haproxy:5000/patop?sslmode=disable"),
                List.of("--report", "/out/drill.json"),
                List.of(more))));
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
        await("the end", () -> docker("inspect", "-f", "{{.State.Status}}", "drill"), "exited"::equals);
        String said = docker("logs", "drill");
        assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "drill"))
                .as(said)
                .isEqualTo(String.valueOf(code));
        return said;
    }

    /** A time without a success: from one success to the next. */
    private record Gap(double from, double to) {}

    private static List<Gap> gaps(String log) {
        List<Gap> gaps = new ArrayList<>();
        double last = Double.NaN;
        for (String line : log.lines().toList()) {
            String[] parts = line.split(" ", -1);
            if (parts.length == 3 && parts[2].equals("0")) {
                double at = Double.parseDouble(parts[1]);
                if (!Double.isNaN(last)) {
                    gaps.add(new Gap(last, at));
                }
                last = at;
            }
        }
        return gaps;
    }

    private static double longest(List<Gap> gaps, JsonNode run) {
        double from = Instant.parse(run.path("began").asText()).toEpochMilli() / 1000.0;
        double to = from + run.path("whole_again").asDouble();
        return gaps.stream()
                .filter(gap -> gap.to() > from && gap.from() < to)
                .mapToDouble(gap -> gap.to() - gap.from())
                .max()
                .orElse(0);
    }

    private void settings(String... changes) throws IOException {
        List<String> command = new ArrayList<>(List.of("patronictl", "edit-config", "--force", "--quiet"));
        Stream.of(changes).forEach(change -> command.addAll(List.of("--set", change)));
        docker(all(List.of(List.of("exec", container(leader())), command)));
        cluster.awaitHealth();
    }

    private void toWalreceivers(String leader, String signal) throws IOException {
        for (String member : List.of("patroni1", "patroni2", "patroni3")) {
            if (!member.equals(leader)) {
                docker("exec", container(member), "sh", "-c", WALRECEIVERS.replace("SIGNAL", signal));
            }
        }
    }

    private String leader() throws IOException {
        return cluster.inside(
                        SOON,
                        "sh",
                        "-c",
                        "for node in $(docker ps -q -f name=patroni_patroni); do"
                                + " timeout 20 docker exec $node patronictl list -f tsv && break; done")
                .lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length > 3 && fields[3].equals("Leader"))
                .map(fields -> fields[1])
                .findFirst()
                .orElseThrow();
    }

    private String container(String member) throws IOException {
        return await(
                "a container of " + member,
                () -> docker("ps", "-q", "-f", "name=patroni_" + member),
                id -> !id.isEmpty());
    }

    private String sql(String statement) throws IOException {
        return docker(all(List.of(
                List.of("run", "--rm", "--network=patroni_patroni"),
                psqlVariables(),
                List.of(IMAGE, "psql", "-XAtqc", statement))));
    }

    private static List<String> psqlVariables() {
        return Stream.of(
                        "PGHOST=haproxy",
                        "PGPORT=5000",
                        "PGUSER=patop",
                        "PGPASSWORD=patop",
                        "PGDATABASE=patop",
                        "PGSSLMODE=disable",
                        "PGCONNECT_TIMEOUT=2")
                .flatMap(variable -> Stream.of("-e", variable))
                .toList();
    }

    private static String[] all(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toArray(String[]::new);
    }

    private String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return cluster.inside(SOON, command.toArray(String[]::new)).strip();
    }

    private interface Look {
        String at() throws IOException;
    }

    private static String await(String what, Look look, Predicate<String> condition) throws IOException {
        Instant end = Instant.now().plus(A_DRILL);
        String seen = look.at();
        while (!condition.test(seen)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("no " + what + " within " + A_DRILL + ":\n" + seen);
            }
            LockSupport.parkNanos(200_000_000);
            seen = look.at();
        }
        return seen;
    }
}
