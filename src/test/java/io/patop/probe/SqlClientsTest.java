package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.patop.probe.Clients.Period;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real clients, by the real driver, through the simulated HAProxy to simulated servers. */
@Timeout(120)
class SqlClientsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private SimulatedCluster cluster;

    @BeforeEach
    void begin() throws Exception {
        cluster = SimulatedCluster.start(
                SimulationOptions.defaults().withSpeed(20).withWalRate(0));
        try (Connection connection = settings().dsn().open(SECOND, SECOND)) {
            new ProbeTable(ProbeSettings.DEFAULT_TABLE).create(connection);
        }
    }

    @AfterEach
    void end() throws Exception {
        cluster.close();
    }

    @Test
    void aFailoverMakesAllOfThemWaitAndConnectAnew() throws Exception {
        ClientLoad load;
        try (Clients clients = SqlClients.start(settings(), 20, Clock.systemUTC(), factory())) {
            awaitRows(40);
            long then = rowsOf("patop_probe");
            clients.enter(Period.DURING);
            cluster.apply(SimulatedFault.parse("stop leader"));
            // As soon as the new leader has them the outage is over for most.
            await("writes by all after the fault")
                    .atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> rowsOf("patop_probe") > then + 60);
            clients.enter(Period.AFTER);
            load = clients.take();
        }

        ClientLoad.Counts before = load.of(Period.BEFORE);
        assertThat(before.writes()).isGreaterThanOrEqualTo(40);
        assertThat(before.refused() + before.failed() + before.reconnects()).isZero();
        ClientLoad.Counts during = load.of(Period.DURING);
        assertThat(during.writes()).isGreaterThanOrEqualTo(60);
        assertThat(during.failed()).as("%s", load).isPositive();
        assertThat(during.reconnects()).as("%s", load).isGreaterThanOrEqualTo(20);
        assertThat(during.waits().orElseThrow().max())
                .isGreaterThan(before.waits().orElseThrow().p50());
    }

    @Test
    void nothingIsLeftOfThemInTheDatabaseOrAmongTheThreads() throws Exception {
        Clients clients = SqlClients.start(settings(), 5, Clock.systemUTC(), factory());
        awaitRows(10);
        clients.close();

        assertThat(rowsOf("patop_probe")).isZero();
        assertThat(threads).hasSize(5).noneMatch(Thread::isAlive);
    }

    /** Each try waits for its own timeout, so that not even then an end must wait for longer. */
    @Test
    void theyEndWhileNobodyAnswers() throws Exception {
        Clients clients = SqlClients.start(settings(), 5, Clock.systemUTC(), factory());
        awaitRows(10);
        clients.enter(Period.DURING);
        cluster.apply(SimulatedFault.parse("freeze leader"));
        await("tries that fail").atMost(LONG).until(() -> isFailing(clients));
        clients.close();

        await("the threads' end").atMost(LONG).until(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void moreThanTheMostAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlClients.start(settings(), 201, Clock.systemUTC(), factory()));
    }

    private static boolean isFailing(Clients clients) {
        return clients.take().periods().values().stream().anyMatch(counts -> counts.failed() + counts.refused() > 0);
    }

    private void awaitRows(long most) {
        await("writes").atMost(LONG).ignoreExceptions().until(() -> rowsOf("patop_probe") >= most);
    }

    private long rowsOf(String table) throws SQLException {
        try (Connection connection = settings().dsn().open(SECOND, SECOND);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private ThreadFactory factory() {
        return task -> {
            Thread thread = new Thread(task, "client");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    private ProbeSettings settings() {
        return ProbeSettings.of(Dsn.parse(
                        "postgresql://patop@127.0.0.1:" + cluster.databasePort() + "/patop?sslmode=disable", Map.of()))
                .withTimeouts(SECOND, SECOND);
    }
}
