package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By the real driver, before the simulated HAProxy and simulated servers. */
@Timeout(60)
class PoolerSearchTest {

    private static final List<List<String>> VERSION = List.of(List.of("version"), List.of("PgBouncer 1.18.0"));

    private SimulatedCluster cluster;

    @BeforeEach
    void begin() throws Exception {
        cluster = SimulatedCluster.start(
                SimulationOptions.defaults().withSpeed(20).withWalRate(0));
    }

    @AfterEach
    void end() throws Exception {
        cluster.close();
    }

    @Test
    void aProxyThatPassesEverythingOnIsNoPooler() throws Exception {
        assertThat(found(cluster.databasePort())).isEmpty();
    }

    @Test
    void aPoolerIsKnownByItsSessionsAndTellsItsSettings() throws Exception {
        Map<String, List<List<String>>> console = Map.of(
                "SHOW VERSION",
                VERSION,
                "SHOW CONFIG",
                List.of(
                        List.of("key", "value", "default", "changeable"),
                        List.of("server_lifetime", "3600", "3600", "yes"),
                        List.of("server_login_retry", "4", "15", "yes")));
        assertThat(foundThrough(Optional.of(console)))
                .contains(new Pooler(Optional.of("PgBouncer 1.18.0"), Optional.of(Duration.ofSeconds(4))));
    }

    @Test
    void aPoolerWhoseConsoleIsNotForEverybodyIsUnknownByName() throws Exception {
        assertThat(foundThrough(Optional.empty())).contains(Pooler.UNKNOWN);
    }

    @Test
    void whatIsNoNameOrNoNumberIsNotBelieved() throws Exception {
        Map<String, List<List<String>>> console = Map.of(
                "SHOW VERSION",
                List.of(List.of("version"), List.of("\u001b[31mPgBouncer")),
                "SHOW CONFIG",
                List.of(List.of("key", "value"), List.of("server_login_retry", "soon")));
        assertThat(foundThrough(Optional.of(console))).contains(Pooler.UNKNOWN);
    }

    /** As the probe itself tells it. */
    private Optional<Pooler> foundThrough(Optional<Map<String, List<List<String>>>> console) throws Exception {
        try (PoolerRelay relay = new PoolerRelay(cluster.databasePort(), console)) {
            return found(relay.port());
        }
    }

    private static Optional<Pooler> found(int port) {
        Dsn dsn = Dsn.parse("postgresql://patop@127.0.0.1:" + port + "/patop?sslmode=disable", Map.of());
        ProbeSettings settings = ProbeSettings.of(dsn).withCreate();
        ProbeSetup.Ready ready = new ProbeSetup(settings, "a run", Clock.systemUTC()).prepare();
        assertThat(ready).isInstanceOf(ProbeSetup.Ready.Open.class);
        ProbeSetup.Ready.Open open = (ProbeSetup.Ready.Open) ready;
        ProbeConnections.abort(open.connection());
        return open.pooler();
    }
}
