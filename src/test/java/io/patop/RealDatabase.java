package io.patop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;

/**
 * The real cluster's database, as a person reaches it with docker, psql and patronictl, and a writer of their own: it
 * shares no code with the probe that it is held against.
 */
final class RealDatabase {

    private static final Duration SOON = Duration.ofMinutes(1);
    /**
     * Three writers by libpq, so that one that waits hides nothing, each with a new connection after each failure; each
     * line is the time before, after, and whether it failed.
     */
    private static final String WRITER =
            """
            import os, sys, threading, time, psycopg2
            def write():
                connection = None
                while not os.path.exists("/tmp/end"):
                    began = time.time()
                    try:
                        if connection is None:
                            connection = psycopg2.connect("connect_timeout=2")
                            connection.autocommit = True
                        connection.cursor().execute("INSERT INTO by_hand VALUES (now())")
                        failed = 0
                    except psycopg2.Error:
                        connection = None
                        failed = 1
                    sys.stdout.write(f"{began} {time.time()} {failed}\\n")
                    sys.stdout.flush()
                    time.sleep(0.05)
            for number in range(3):
                threading.Thread(target=write).start()
            """;

    private static final String WALRECEIVERS = "for p in /proc/[0-9]*; do grep -qa walr[e]ceiver $p/cmdline"
            + " 2>/dev/null && kill -SIGNAL ${p#/proc/}; done; true";

    private final RealCluster cluster;
    private final Duration patience;

    /**
     * The database of that cluster.
     *
     * @param cluster whose it is
     * @param patience how long {@link #await} waits
     */
    RealDatabase(RealCluster cluster, Duration patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    /**
     * A time without a success of the writers: from one success to the next, in seconds since 1970.
     *
     * @param from the success before
     * @param to the success after
     * @param inexact how long the try took that ended it: somewhere in it writing was possible again
     */
    record Gap(double from, double to, double inexact) {
        double seconds() {
            return to - from;
        }

        /** How much another writer's figure may differ: it may have been taken on a little earlier or later. */
        Offset<Double> tolerance() {
            return Offset.offset(0.2 + inexact);
        }
    }

    /** Begins to write, through HAProxy, into the table {@code by_hand}; returns when it writes. */
    void startWriter() throws IOException {
        removeWriter();
        sql("DROP TABLE IF EXISTS by_hand; CREATE TABLE by_hand (at timestamptz)");
        docker(List.of(
                List.of("run", "-d", "--name", "writer", "--network=patroni_patroni"),
                psqlVariables(),
                List.of(cluster.image(), "python3", "-c", WRITER)));
        await("the writer", () -> docker("logs", "writer"), log -> log.lines().count() > 20);
    }

    /** Returns when the last try was a success, and has them write no more. */
    void endWriter() throws IOException {
        await("the writer again", () -> docker("logs", "writer"), log -> log.lines()
                .reduce((first, second) -> second)
                .filter(line -> line.endsWith(" 0"))
                .isPresent());
        docker("exec", "writer", "touch", "/tmp/end");
    }

    void removeWriter() throws IOException {
        cluster.inside(SOON, "sh", "-c", "docker rm -f writer > /dev/null 2>&1 || true");
    }

    /** When none of the writers could write. */
    List<Gap> gaps() throws IOException {
        List<double[]> written = docker("logs", "writer")
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == 3 && parts[2].equals("0"))
                .map(parts -> new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])})
                .sorted(Comparator.comparingDouble(times -> times[1]))
                .toList();
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < written.size(); i++) {
            double[] next = written.get(i);
            gaps.add(new Gap(written.get(i - 1)[1], next[1], next[1] - next[0]));
        }
        return gaps;
    }

    /** What psql prints for it, on the leader. */
    String sql(String statement) throws IOException {
        return docker(List.of(
                List.of("run", "--rm", "--network=patroni_patroni"),
                psqlVariables(),
                List.of(cluster.image(), "psql", "-XAtqc", statement)));
    }

    /** The member that leads by patronictl, as soon as one does. */
    String leader() throws IOException {
        String list = await("leader", this::patronictlList, tsv -> leader(tsv).isPresent());
        return leader(list).orElseThrow();
    }

    private static Optional<String> leader(String tsv) {
        return tsv.lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length > 3 && fields[3].equals("Leader"))
                .map(fields -> fields[1])
                .findFirst();
    }

    private String patronictlList() throws IOException {
        return cluster.inside(
                SOON.multipliedBy(2),
                "sh",
                "-c",
                "for node in $(docker ps -q -f name=patroni_patroni); do"
                        + " timeout 20 docker exec $node patronictl list -f tsv && break; done; true");
    }

    /** The member's container, as soon as there is one. */
    String container(String member) throws IOException {
        return await(
                "a container of " + member,
                () -> docker("ps", "-q", "-f", "name=patroni_" + member),
                id -> !id.isEmpty());
    }

    /** Changes the cluster's settings, each {@code name=value}, and returns when all members are well. */
    void settings(String... changes) throws IOException {
        List<String> command = new ArrayList<>(List.of("patronictl", "edit-config", "--force", "--quiet"));
        Stream.of(changes).forEach(change -> command.addAll(List.of("--set", change)));
        docker(List.of(List.of("exec", container(leader())), command));
        cluster.awaitHealth();
    }

    /** Returns when a member follows synchronously: no write is acknowledged that it does not have. */
    void awaitSynchronousStandby() throws IOException {
        await("synchronous standby", this::patronictlList, tsv -> tsv.contains("\tSync Standby\t"));
    }

    /** Signals all processes that receive WAL from the leader: stopped, the standbys get nothing any more. */
    void toWalreceivers(String leader, String signal) throws IOException {
        for (String member : List.of("patroni1", "patroni2", "patroni3")) {
            if (!member.equals(leader)) {
                docker("exec", container(member), "sh", "-c", WALRECEIVERS.replace("SIGNAL", signal));
            }
        }
    }

    String docker(String... arguments) throws IOException {
        return cluster.inside(
                        SOON,
                        Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new))
                .strip();
    }

    /** With arguments that are put together of parts. */
    String docker(List<List<String>> arguments) throws IOException {
        return docker(arguments.stream().flatMap(List::stream).toArray(String[]::new));
    }

    interface Look {
        String at() throws IOException;
    }

    /** What is seen as soon as it is as wanted; fails with what was seen last. */
    String await(String what, Look look, Predicate<String> condition) throws IOException {
        return Awaitility.await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(look::at, condition);
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
}
