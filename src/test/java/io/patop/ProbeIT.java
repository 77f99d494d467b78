package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The write probe through HAProxy while a real leader dies, beside a writer that shares no code with it. */
@ExtendWith(OnRealCluster.class)
class ProbeIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_FAILOVER = Duration.ofMinutes(2);
    private static final String IMAGE = "patop-stack:bookworm";
    private static final String DSN = "postgresql://patop@haproxy:5000/patop?sslmode=disable";

    /** psql, again and again with a new connection; each line is the time before and after, and how it ended. */
    private static final String WRITER = "while [ ! -e /tmp/end ]; do b=$(date +%s.%N);"
            + " psql -Xqc 'INSERT INTO by_hand VALUES (now())' >/dev/null 2>&1; r=$?;"
            + " echo \"$b $(date +%s.%N) $r\"; done";

    private static final String WALRECEIVERS = "for p in /proc/[0-9]*; do grep -qa walr[e]ceiver $p/cmdline"
            + " 2>/dev/null && kill -SIGNAL ${p#/proc/}; done; true";

    private final RealCluster cluster;

    ProbeIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void anOutageIsAsLongAsAnotherWriterSaysAndNothingIsLost() throws IOException {
        String leader = leader();
        sql("CREATE TABLE by_hand (at timestamptz)");
        probe("--create");
        docker(all(
                List.of("run", "-d", "--name", "writer", "--network=patroni_patroni"),
                psqlVariables(),
                List.of(IMAGE, "sh", "-c", WRITER)));
        try {
            await("writes", () -> sql("SELECT count(*) FROM patop_probe"), count -> Integer.parseInt(count) > 20);
            await(
                    "the writer",
                    () -> docker("logs", "writer"),
                    log -> log.lines().count() > 20);
            kill(leader);
            await("writes again", () -> docker("logs", "probe"), log -> log.contains("writes_back"));
            await("the writer again", () -> docker("logs", "writer"), log -> log.lines()
                    .reduce((first, second) -> second)
                    .filter(line -> line.endsWith(" 0"))
                    .isPresent());
            docker("exec", "writer", "touch", "/tmp/end");
            JsonNode summary = summary();

            assertThat(summary.get("verified").asBoolean()).isTrue();
            assertThat(summary.get("lost")).isEmpty();
            assertThat(summary.get("two_leaders").asBoolean()).isFalse();
            double probed = summary.get("longest_outage_seconds").asDouble();
            double written = longestGap(docker("logs", "writer"));
            System.out.printf("outage: %.3f s by the probe, %.3f s by psql%n", probed, written);
            assertThat(probed).isCloseTo(written, org.assertj.core.data.Offset.offset(0.2));
            assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "probe")).isEqualTo("0");
        } finally {
            docker("rm", "-f", "probe");
            docker("rm", "-f", "writer");
            docker("service", "scale", "-d", "patroni_" + leader + "=1");
            cluster.awaitHealth();
            sql("DROP TABLE IF EXISTS by_hand, patop_probe");
        }
    }

    /** Acknowledged by the leader alone, since its standbys receive nothing any more; gone with it. */
    @Test
    void anAcknowledgedWriteThatVanishesIsReportedByItsNumber() throws IOException {
        String leader = leader();
        String lag = "patronictl edit-config --force --set maximum_lag_on_failover=";
        docker("exec", container(leader), "sh", "-c", lag + "1000000000");
        probe("--create");
        try {
            await("writes", () -> sql("SELECT count(*) FROM patop_probe"), count -> Integer.parseInt(count) > 20);
            toWalreceivers(leader, "STOP");
            long before = Long.parseLong(sql("SELECT max(patop_number) FROM patop_probe"));
            await(
                    "writes that no standby has",
                    () -> sql("SELECT max(patop_number) FROM patop_probe"),
                    number -> Long.parseLong(number) > before + 20);
            long last = Long.parseLong(sql("SELECT max(patop_number) FROM patop_probe"));
            kill(leader);
            toWalreceivers(leader, "KILL");
            await("writes again", () -> docker("logs", "probe"), log -> log.contains("writes_back"));
            JsonNode summary = summary();

            List<Long> lost = new ArrayList<>();
            summary.get("lost").forEach(range -> {
                for (long number = range.get(0).asLong(); number <= range.get(1).asLong(); number++) {
                    lost.add(number);
                }
            });
            System.out.println("lost: " + summary.get("lost"));
            assertThat(lost).contains(last, last - 1, last - 10);
            assertThat(sql("SELECT count(*) FROM patop_probe WHERE patop_number IN ("
                            + String.join(
                                    ",", lost.stream().map(String::valueOf).toList()) + ")"))
                    .isEqualTo("0");
            assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", "probe")).isEqualTo("1");
        } finally {
            docker("rm", "-f", "probe");
            docker("service", "scale", "-d", "patroni_" + leader + "=1");
            cluster.awaitHealth();
            docker("exec", container(leader), "sh", "-c", lag + "null");
            sql("DROP TABLE IF EXISTS patop_probe");
        }
    }

    private void probe(String... more) throws IOException {
        docker(all(
                List.of("run", "-d", "--name", "probe", "--network=patroni_patroni", "-e", "PGPASSWORD=patop"),
                List.of("patop", "probe", "-f", "json", "--rate", "20", "--dsn", DSN),
                List.of(more)));
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
        String container = container(member);
        cluster.inside(
                SOON,
                "sh",
                "-c",
                "docker service scale -d patroni_" + member + "=0 >/dev/null; docker kill " + container);
    }

    private void toWalreceivers(String leader, String signal) throws IOException {
        for (String member : List.of("patroni1", "patroni2", "patroni3")) {
            if (!member.equals(leader)) {
                docker("exec", container(member), "sh", "-c", WALRECEIVERS.replace("SIGNAL", signal));
            }
        }
    }

    /** From one success to the next, the longest. */
    private static double longestGap(String log) {
        double longest = 0;
        double last = Double.NaN;
        for (String line : log.lines().toList()) {
            String[] parts = line.split(" ", -1);
            if (parts[2].equals("0")) {
                double at = Double.parseDouble(parts[1]);
                longest = Double.isNaN(last) ? longest : Math.max(longest, at - last);
                last = at;
            }
        }
        return longest;
    }

    private String leader() throws IOException {
        String told = cluster.inside(
                SOON,
                "sh",
                "-c",
                "for node in $(docker ps -q -f name=patroni_patroni); do"
                        + " timeout 20 docker exec $node patronictl list -f tsv && break; done");
        return told.lines()
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
        return docker(all(
                List.of("run", "--rm", "--network=patroni_patroni"),
                psqlVariables(),
                List.of(IMAGE, "psql", "-XAtqc", statement)));
    }

    private static List<String> psqlVariables() {
        List<String> all = new ArrayList<>();
        for (String variable : List.of(
                "PGHOST=haproxy",
                "PGPORT=5000",
                "PGUSER=patop",
                "PGPASSWORD=patop",
                "PGDATABASE=patop",
                "PGCONNECT_TIMEOUT=2")) {
            all.add("-e");
            all.add(variable);
        }
        return all;
    }

    @SafeVarargs
    private static String[] all(List<String>... parts) {
        List<String> joined = new ArrayList<>();
        for (List<String> part : parts) {
            joined.addAll(part);
        }
        return joined.toArray(String[]::new);
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
        Instant end = Instant.now().plus(A_FAILOVER);
        String seen = look.at();
        while (!condition.test(seen)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("no " + what + " within " + A_FAILOVER + ":\n" + seen);
            }
            LockSupport.parkNanos(200_000_000);
            seen = look.at();
        }
        return seen;
    }
}
