package io.patop.watch.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.cluster.Lsn;
import io.patop.patroni.PatroniJson;
import io.patop.sim.SimulatedRun;
import io.patop.sim.core.Node;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.FailoverTerms;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.bill.Spread;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is forecast is what happens: simulated clusters in virtual time, by many seeds. */
class ForecastOnSimulatorTest {

    private static final int SEEDS = 20;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    /** Each drill fault, with Patroni's defaults and with short times. */
    @ParameterizedTest(name = "ttl {0}")
    @CsvSource({"30, 10, 10", "20, 5, 5"})
    void theOutageOfEachDrillFaultIsWithinItsForecast(int ttl, int loopWait, int retryTimeout) throws Exception {
        Map<LeaderFailure, List<String>> outside = new EnumMap<>(LeaderFailure.class);
        int all = 0;
        int within = 0;
        for (LeaderFailure failure : LeaderFailure.values()) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                Watched cluster = new Watched(SimulationOptions.defaults()
                        .withSeed(seed)
                        .withTiming(
                                Duration.ofSeconds(ttl),
                                Duration.ofSeconds(loopWait),
                                Duration.ofSeconds(retryTimeout)));
                cluster.watch(20 + seed * 0.7);
                Estimate expected = cluster.estimate(failure);
                Duration outage = cluster.strike(failure);
                all++;
                if (expected.covers(outage)) {
                    within++;
                } else {
                    outside.computeIfAbsent(failure, first -> new ArrayList<>())
                            .add(outage.toMillis() + " ms is not " + expected.text());
                }
            }
        }
        assertThat(within).as("of %s; outside: %s", all, outside).isGreaterThanOrEqualTo(all * 19 / 20);
    }

    /** A range that is always right because it is wide says nothing. */
    @Test
    void theForecastIsNarrow() throws Exception {
        Watched cluster = new Watched(SimulationOptions.defaults());
        cluster.watch(15);
        Estimate killed = cluster.estimate(LeaderFailure.KILLED);

        assertThat(killed.least()).isGreaterThanOrEqualTo(Duration.ofSeconds(19));
        assertThat(killed.most()).isLessThanOrEqualTo(Duration.ofSeconds(40));
        assertThat(cluster.estimate(LeaderFailure.STOPPED).most()).isLessThanOrEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void theOneWhoTakesOverIsAmongThoseThatWereNamed() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Watched cluster = new Watched(SimulationOptions.defaults().withSeed(seed));
            cluster.run.fault("slow patroni3");
            cluster.watch(25);
            Forecast.Takeover forecast = cluster.forecast();
            cluster.strike(LeaderFailure.KILLED);
            cluster.watch(3);

            assertThat(forecast.successors())
                    .contains(cluster.run.world.leader().orElseThrow());
        }
    }

    /** Replication was stopped first, so that what the leader acknowledges is lost with it. */
    @Test
    void whatIsLostWasSaidToBeAtRisk() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Watched cluster = new Watched(SimulationOptions.defaults().withSeed(seed));
            cluster.watch(15);
            assertThat(cluster.forecast().risk().bytes().orElseThrow())
                    .as("while all is well")
                    .isLessThan(8 << 10);
            cluster.run.fault("partition-members leader");
            cluster.watch(2 + seed * 0.3);
            Risk risk = cluster.forecast().risk();
            Node old = cluster.run.world.node(cluster.run.world.leader().orElseThrow());
            Lsn written = new Lsn(old.postgres.position);
            cluster.strike(LeaderFailure.KILLED);
            Node leader = cluster.run.world.node(cluster.run.world.leader().orElseThrow());
            long lost = written.position() - forkedAt(leader, old);

            assertThat(lost).isPositive();
            assertThat(lost).isLessThanOrEqualTo(risk.bytes().orElseThrow());
            double rows = lost / 8192.0 / (risk.last().orElseThrow().toMillis() / 1000.0);
            assertThat(rows).as("seconds lost of those said to be at risk").isLessThanOrEqualTo(1.05);
        }
    }

    private static long forkedAt(Node leader, Node old) {
        return Math.min(leader.postgres.position, old.postgres.position);
    }

    /** A simulated cluster, what patop makes of its answers, and a client that writes to whoever is primary. */
    private static final class Watched {

        private final SimulatedRun run;
        private final FailoverTiming.ProxyChecks checks =
                new FailoverTiming.ProxyChecks(Optional.of(1L), Optional.of(2L));
        private Dashboard dashboard = Dashboard.EMPTY;

        Watched(SimulationOptions options) throws Exception {
            run = new SimulatedRun(options);
        }

        void watch(double seconds) throws Exception {
            run.run(seconds - 0.2);
            for (int i = 0; i < 3; i++) {
                look();
                run.world.advance(Duration.ofMillis(100));
            }
            look();
        }

        private Instant now() {
            return START.plus(run.world.elapsed());
        }

        private void look() throws Exception {
            List<Node> up = run.world.nodes().stream().filter(Node::isUp).toList();
            URI via = URI.create("http://" + up.get(0).name + ":8008/");
            tell(new Observation.ClusterAnswered(
                    now(), via, Duration.ofMillis(3), PatroniJson.cluster(run.get(up.get(0).name, "/cluster"))));
            tell(new Observation.ConfigAnswered(now(), via, PatroniJson.config(run.get(up.get(0).name, "/config"))));
            for (Node node : up) {
                JsonNode status = run.get(node.name, "/patroni");
                tell(new Observation.NodeAnswered(
                        now(),
                        node.name,
                        URI.create("http://" + node.name + ":8008/"),
                        Duration.ofMillis(3),
                        PatroniJson.node(status)));
            }
        }

        private void tell(Observation observation) {
            dashboard = Reducer.reduce(dashboard, observation);
        }

        Forecast.Takeover forecast() {
            Forecast forecast = Forecast.of(dashboard, now());
            assertThat(forecast).isInstanceOf(Forecast.Takeover.class);
            return (Forecast.Takeover) forecast;
        }

        /** The forecast through HAProxy, whose rise is known and whose inter is not. */
        Estimate estimate(LeaderFailure failure) {
            assertThat(forecast().times()).containsKey(failure);
            FailoverTiming direct = FailoverTiming.of(dashboard.config().orElseThrow(), List.of(), Optional.empty());
            FailoverTiming timing = new FailoverTiming(
                    direct.ttl(),
                    direct.loopWait(),
                    direct.retryTimeout(),
                    direct.primaryStartTimeout(),
                    direct.failsafe(),
                    Optional.of(checks),
                    Optional.empty());
            return failure.estimate(new FailoverTerms(timing, Spread.NONE), timing);
        }

        /** How long nobody could write through the simulated HAProxy. */
        Duration strike(LeaderFailure failure) throws Exception {
            String leader = run.world.leader().orElseThrow();
            switch (failure) {
                case STOPPED -> run.fault("stop " + leader);
                case SWITCHED_OVER -> run.fault("switchover");
                case KILLED -> run.fault("kill " + leader).fault("stop " + leader);
                case KILLED_AND_STARTED -> run.fault("kill " + leader);
                case FROZEN -> run.fault("freeze " + leader);
                case POSTGRES_CRASHED -> run.fault("crash " + leader);
                case POSTGRES_RESTARTED -> {
                    var unused = run.ask(leader, "POST", "/restart");
                }
            }
            Duration struck = run.world.elapsed();
            Optional<Duration> lastWrite = Optional.of(struck);
            boolean out = false;
            while (run.world.elapsed().minus(struck).compareTo(LONGEST) < 0) {
                boolean writable = isWritable();
                if (writable && out) {
                    return run.world.elapsed().minus(lastWrite.orElseThrow());
                }
                out = out || !writable;
                lastWrite = writable ? Optional.of(run.world.elapsed()) : lastWrite;
                run.world.advance(TICK);
            }
            throw new AssertionError("never written again after " + failure + ", or always: " + out);
        }

        private boolean isWritable() {
            return run.world
                    .proxy()
                    .pick("leader")
                    .map(server -> server.node)
                    .filter(Node::isUp)
                    .filter(node -> !node.isFrozen() && node.postgres.isOpen() && !node.postgres.inRecovery)
                    .isPresent();
        }
    }
}
