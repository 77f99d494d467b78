package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Drills of the real cluster by patop's image, one at a time, as README starts them. */
final class RealDrill {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final RealCluster cluster;
    private final RealDatabase database;
    private final Path reports;

    /** With a folder for reports: the container's own user writes there, and Docker reads paths from the root. */
    RealDrill(RealCluster cluster, RealDatabase database) throws IOException {
        this.cluster = cluster;
        this.database = database;
        this.reports = Files.createTempDirectory("patop-drill");
        Files.setPosixFilePermissions(reports, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** Removes what is left of a drill; one that was cut off leaves a member at 0. */
    void tidy() throws IOException {
        cluster.inside(SOON, "sh", "-c", "docker rm -f drill writer > /dev/null 2>&1 || true");
        RealCluster.run(SOON, List.of("rm", "-rf", reports.toString()));
        database.docker("service", "scale", "-d", "patroni_patroni1=1", "patroni_patroni2=1", "patroni_patroni3=1");
    }

    /** The report of a drill that ends with that code. */
    JsonNode run(int code, String... more) throws IOException {
        start(more);
        JsonNode report = ended(code);
        database.docker("rm", "-f", "drill");
        return report;
    }

    void start(String... more) throws IOException {
        startOn("haproxy:5000/patop", List.of(more));
    }

    void startOn(String database, List<String> more) throws IOException {
        this.database.docker(List.of(
                List.of(
                        "run",
                        "-d",
                        "--name",
                        "drill",
                        "--network=patroni_patroni",
                        "--volume=" + cluster.socket() + ":/var/run/docker.sock",
                        "--volume=" + reports + ":/out",
                        "--env=PGPASSWORD=patop"),
                List.of("patop", "drill", "--yes", "--create", "--rate", "20"),
                List.of("--dsn", "postgresql://patop@" + database + "?sslmode=disable"),
                List.of("--report", "/out/drill.json"),
                more));
    }

    /** The report, once the drill has ended with that code. */
    JsonNode ended(int code) throws IOException {
        String said = said(code);
        System.out.println(said);
        return new JsonMapper().readTree(reports.resolve("drill.json").toFile());
    }

    /** All that the drill said, once it has ended with that code. */
    String said(int code) throws IOException {
        database.await(
                "the end", () -> database.docker("inspect", "-f", "{{.State.Status}}", "drill"), "exited"::equals);
        String said = database.docker("logs", "drill");
        assertThat(database.docker("inspect", "-f", "{{.State.ExitCode}}", "drill"))
                .as(said)
                .isEqualTo(String.valueOf(code));
        return said;
    }
}
