package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real write probe, by the real driver, through the simulated HAProxy to simulated servers. */
@Timeout(120)
class SqlProbeTest {

    private static final SimulationOptions FAST =
            SimulationOptions.defaults().withSpeed(20).withWalRate(0);
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final ProbeRecorder heard = new ProbeRecorder();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable open : toClose) {
            open.close();
        }
    }

    @Test
    void everyWriteIsAcknowledgedReadBackAndTold() throws Exception {
        SimulatedCluster cluster = cluster(FAST);
        SqlProbe probe = started(settings(cluster).withCreate().withRate(50).withCount(30));
        heard.await("the end", ProbeRecorder::hasEnded);

        assertThat(heard.failure()).isEmpty();
        assertThat(heard.writes()).extracting(Write::number).containsExactlyInAnyOrderElementsOf(numbers(30));
        assertThat(heard.writes()).allMatch(Write::isAcknowledged).allMatch(write -> write.server()
                .isPresent());
        assertThat(heard.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.last()).isTrue();
            assertThat(verdict.isGood()).isTrue();
            assertThat(verdict.acknowledged()).isEqualTo(30);
        });
        assertThat(ask(cluster, "SELECT count(*) FROM patop_probe")).isEqualTo("30");
        assertThat(probe.target().toString()).contains("patop@127.0.0.1");
    }

    @Test
    void aFailoverIsAnOutageWithNothingLost() throws Exception {
        SimulatedCluster cluster = cluster(FAST);
        SqlProbe probe = started(settings(cluster).withCreate().withRate(50));
        heard.await("writes", all -> all.of(Outcome.ACKNOWLEDGED).size() >= 20);
        Server old = heard.writes().get(0).server().orElseThrow();
        cluster.apply(SimulatedFault.parse("stop leader"));
        heard.await("the outage", all -> all.writes().stream().anyMatch(write -> !write.isAcknowledged()));
        heard.await("writes by another", all -> all.of(Outcome.ACKNOWLEDGED).stream()
                .anyMatch(write -> !write.server().equals(Optional.of(old))));
        heard.await("the reading back", all -> !all.verdicts().isEmpty());
        probe.finish();

        assertThat(heard.verdicts().get(0).last())
                .as("read back as soon as it can be")
                .isFalse();
        assertThat(heard.verdicts()).allMatch(Verdict::isGood);
        assertThat(heard.verdicts().get(heard.verdicts().size() - 1).acknowledged())
                .isEqualTo(heard.of(Outcome.ACKNOWLEDGED).size());
        assertThat(heard.rivals()).isEmpty();
        assertThat(heard.of(Outcome.REFUSED)).allMatch(write -> !write.detail().isEmpty());
    }

    /** The quiet rate alone would make four writes in each of these seconds. */
    @Test
    void whileWritesFailTheyAreTriedFiftyTimesASecond() throws Exception {
        SimulatedCluster cluster =
                cluster(SimulationOptions.defaults().withSpeed(1).withWalRate(0));
        SqlProbe probe = started(settings(cluster).withCreate().withRate(2));
        heard.await("a write", all -> !all.of(Outcome.ACKNOWLEDGED).isEmpty());
        cluster.apply(SimulatedFault.parse("stop leader"));
        heard.await("refused writes", all -> all.of(Outcome.REFUSED).size() >= 20);
        probe.finish();

        List<Instant> begun =
                heard.of(Outcome.REFUSED).stream().map(Write::began).sorted().toList();
        long close = java.util.stream.IntStream.range(1, begun.size())
                .filter(i -> Duration.between(begun.get(i - 1), begun.get(i)).toMillis() < 250)
                .count();
        assertThat(close).isGreaterThanOrEqualTo(10);
    }

    /** The simulator's scenario lost-write: cut off from its standbys the leader still acknowledges, and dies. */
    @Test
    void acknowledgedWritesThatVanishAreLostByTheirNumbers() throws Exception {
        SimulatedCluster cluster = cluster(FAST);
        SqlProbe probe = started(settings(cluster).withCreate().withRate(50));
        heard.await("writes", all -> all.of(Outcome.ACKNOWLEDGED).size() >= 20);
        cluster.apply(SimulatedFault.parse("partition-members leader"));
        long cut = heard.of(Outcome.ACKNOWLEDGED).size();
        heard.await(
                "writes that no standby has",
                all -> all.of(Outcome.ACKNOWLEDGED).size() >= cut + 20);
        cluster.apply(SimulatedFault.parse("kill leader"));
        heard.await("a verdict", all -> !all.verdicts().isEmpty());
        probe.finish();

        Verdict last = heard.verdicts().get(heard.verdicts().size() - 1);
        assertThat(last.last()).isTrue();
        assertThat(last.isGood()).isFalse();
        assertThat(last.lost().count()).isGreaterThanOrEqualTo(5);
        long lastBeforeTheFall = heard.writes().stream()
                .takeWhile(Write::isAcknowledged)
                .reduce((first, second) -> second)
                .orElseThrow()
                .number();
        assertThat(last.lost().common(Numbers.of(lastBeforeTheFall)).isEmpty()).isFalse();
        assertThat(ask(cluster, "SELECT count(*) FROM patop_probe WHERE patop_number = " + lastBeforeTheFall))
                .isEqualTo("0");
        assertThat(heard.verdicts().get(0).lost()).isEqualTo(last.lost());
    }

    @Test
    void aHungConnectionNeverStopsTheClock() throws Exception {
        SimulatedCluster cluster =
                cluster(SimulationOptions.defaults().withSpeed(1).withWalRate(0));
        SqlProbe probe =
                started(settings(cluster).withCreate().withRate(20).withTimeouts(HALF_A_SECOND, HALF_A_SECOND));
        heard.await("writes", all -> all.of(Outcome.ACKNOWLEDGED).size() >= 10);
        String leader = cluster.leader().orElseThrow();
        cluster.apply(SimulatedFault.parse("freeze " + leader));
        heard.await(
                "hung writes",
                all -> all.writes().size() - all.of(Outcome.ACKNOWLEDGED).size() >= 20);
        cluster.apply(SimulatedFault.parse("thaw " + leader));
        int sofar = heard.of(Outcome.ACKNOWLEDGED).size();
        heard.await("writes again", all -> all.of(Outcome.ACKNOWLEDGED).size() >= sofar + 10);
        probe.finish();

        List<Write> failed =
                heard.writes().stream().filter(write -> !write.isAcknowledged()).toList();
        assertThat(failed.get(0).outcome()).isEqualTo(Outcome.UNKNOWN);
        List<Instant> begun = failed.stream().map(Write::began).sorted().toList();
        for (int i = 1; i < begun.size(); i++) {
            assertThat(Duration.between(begun.get(i - 1), begun.get(i)))
                    .as("tries go on while others hang")
                    .isLessThan(HALF_A_SECOND);
        }
        assertThat(failed).allMatch(write -> write.took().compareTo(HALF_A_SECOND.multipliedBy(6)) < 0);
        Verdict last = heard.verdicts().get(heard.verdicts().size() - 1);
        assertThat(last.lost().isEmpty()).isTrue();
        assertThat(last.unknownThere().and(last.unknownGone()).count())
                .isEqualTo(heard.of(Outcome.UNKNOWN).size());
    }

    @Test
    void readsOnReplicasGoOnWhileNobodyCanWrite() throws Exception {
        SimulatedCluster cluster = cluster(FAST);
        SqlProbe probe = started(settings(cluster).withCreate().withRate(50).withReads(replicas(cluster)));
        heard.await("reads", all -> all.reads().stream().filter(Read::answered).count() >= 10);
        cluster.apply(SimulatedFault.parse("stop leader"));
        heard.await("the outage", all -> all.writes().stream().anyMatch(write -> !write.isAcknowledged()));
        Instant out = heard.writes().stream()
                .filter(write -> !write.isAcknowledged())
                .findFirst()
                .orElseThrow()
                .ended();
        heard.await("a read meanwhile", all -> all.reads().stream()
                .anyMatch(read -> read.answered() && read.began().isAfter(out)));
        probe.finish();
    }

    @Test
    void aTableThatIsMissingIsMadeOnRequestAlone() throws Exception {
        SimulatedCluster cluster = cluster(FAST);

        assertThat(failure(settings(cluster)).message())
                .contains("no table patop_probe")
                .contains("--create");
        assertThat(SqlProbe.cleanUp(settings(cluster))).isPresent();
    }

    @Test
    void aTableOfSomebodyElseIsNotTouched() throws Exception {
        SimulatedCluster cluster = cluster(FAST);
        ask(cluster, "CREATE TABLE patop_probe (id bigint, note text)");

        Failure failure = failure(settings(cluster).withCreate());
        assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(failure.message()).contains("not the probe's own");
        assertThat(SqlProbe.cleanUp(settings(cluster)).orElseThrow().message()).contains("not the probe's own");
        assertThat(ask(cluster, "SELECT count(*) FROM patop_probe")).isEqualTo("0");
    }

    @Test
    void cleaningUpDropsItsTable() throws Exception {
        SimulatedCluster cluster = cluster(FAST);
        started(settings(cluster).withCreate().withCount(1));
        heard.await("the end", ProbeRecorder::hasEnded);

        assertThat(SqlProbe.cleanUp(settings(cluster))).isEmpty();
        assertThat(failure(new ProbeRecorder(), settings(cluster)).kind()).isEqualTo(Failure.Kind.ABSENT);
    }

    @Test
    void aStandbyTakesNoWrites() throws Exception {
        SimulatedCluster cluster = cluster(FAST);

        assertThat(failure(ProbeSettings.of(replicas(cluster)).withCreate()).message())
                .contains("takes no writes")
                .contains("target_session_attrs=read-write");
    }

    @Test
    void whereNothingListensItSaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Failure failure = failure(ProbeSettings.of(Dsn.parse("postgresql://me@127.0.0.1:" + port + "/db", Map.of())));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message()).isEqualTo("me@127.0.0.1:" + port + "/db: connection refused");
    }

    private Failure failure(ProbeSettings settings) throws InterruptedException {
        return failure(heard, settings);
    }

    private Failure failure(ProbeRecorder listener, ProbeSettings settings) throws InterruptedException {
        SqlProbe probe = probe(settings);
        probe.start(listener);
        listener.await("the end", ProbeRecorder::hasEnded);
        return listener.failure().orElseThrow();
    }

    private SqlProbe started(ProbeSettings settings) {
        SqlProbe probe = probe(settings);
        probe.start(heard);
        return probe;
    }

    private SqlProbe probe(ProbeSettings settings) {
        SqlProbe probe = new SqlProbe(
                settings,
                Clock.systemUTC(),
                Executors.newSingleThreadScheduledExecutor(),
                Executors.newCachedThreadPool());
        toClose.add(0, probe);
        return probe;
    }

    private SimulatedCluster cluster(SimulationOptions options) throws Exception {
        SimulatedCluster cluster = SimulatedCluster.start(options);
        toClose.add(cluster);
        return cluster;
    }

    private static ProbeSettings settings(SimulatedCluster cluster) {
        return ProbeSettings.of(dsn(cluster.databasePort()));
    }

    private static Dsn replicas(SimulatedCluster cluster) {
        return dsn(cluster.replicaPort());
    }

    private static Dsn dsn(int port) {
        return Dsn.parse("postgresql://patop@127.0.0.1:" + port + "/patop?sslmode=disable", Map.of());
    }

    private static List<Long> numbers(int last) {
        List<Long> all = new ArrayList<>();
        for (long number = 1; number <= last; number++) {
            all.add(number);
        }
        return all;
    }

    /** By JDBC alone; the first field of the first row, if there is one. */
    private static String ask(SimulatedCluster cluster, String sql) throws SQLException, IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + cluster.databasePort() + "/patop?user=patop&sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
