package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patop.cluster.Failure;
import io.patop.patroni.PatroniJson;
import io.patop.sim.SimulatedRun;
import io.patop.sim.core.Node;
import io.patop.sim.core.SimulationOptions;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.rules.Reducer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A new leader of a simulated cluster dies while the old one is still away: two failovers, each measured truly. Some die
 * before a poll has seen that they lead.
 */
class SecondFailoverTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration TICK = Duration.ofMillis(20);
    private static final int TICKS_A_POLL = 35;
    private static final Duration POLL = TICK.multipliedBy(TICKS_A_POLL);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A leader's death and the next one's promotion. */
    private record Truth(String oldLeader, String newLeader, Duration outage) {}

    private SimulatedRun run;
    private Dashboard dashboard = Dashboard.EMPTY;
    private int ticks;

    @ParameterizedTest(name = "{0} s after the promotion")
    @ValueSource(doubles = {0.04, 0.3, 0.7, 1.5, 3, 8})
    void isToldAsTwo(double after) throws Exception {
        run = new SimulatedRun(SimulationOptions.defaults().withSeed(Math.round(after * 100)), TICK);
        pass(Duration.ofSeconds(15));

        Truth first = strike();
        pass(Duration.ofMillis(Math.round(after * 1000)));
        Truth second = strike();
        pass(Duration.ofSeconds(5));

        List<Failover> told = new ArrayList<>(dashboard.pastFailovers());
        dashboard.failover().ifPresent(told::add);
        assertThat(told)
                .extracting(Failover::oldLeader, change -> change.newLeader().orElse("?"), Failover::outcome)
                .containsExactly(
                        tuple(first.oldLeader(), first.newLeader(), Failover.Outcome.FAILOVER),
                        tuple(second.oldLeader(), second.newLeader(), Failover.Outcome.FAILOVER));
        holds(told.get(0), first);
        holds(told.get(1), second);
    }

    private static void holds(Failover told, Truth truth) {
        assertThat(told.reached()).containsKeys(Phase.LEADER_LOST, Phase.NEW_LEADER, Phase.PROMOTED);
        MeasuredDuration measured = told.until(Phase.PROMOTED).orElseThrow();
        assertThat(truth.outage())
                .as("%s", measured)
                .isGreaterThanOrEqualTo(measured.least().minus(TICK));
        measured.most()
                .ifPresent(most -> assertThat(truth.outage()).as("%s", measured).isLessThanOrEqualTo(most.plus(TICK)));
        assertThat(measured.longest().minus(truth.outage()).abs())
                .as("within two polls: %s", measured)
                .isLessThanOrEqualTo(POLL.multipliedBy(2));
    }

    /** Kills the leader, and waits until another one can be written to. */
    private Truth strike() throws Exception {
        String leader = run.world.leader().orElseThrow();
        run.fault("kill " + leader).fault("stop " + leader);
        Duration struck = run.world.elapsed();
        while (writable().isEmpty()) {
            assertThat(run.world.elapsed().minus(struck)).isLessThan(PATIENCE);
            pass(TICK);
        }
        return new Truth(leader, writable().orElseThrow(), run.world.elapsed().minus(struck));
    }

    private Optional<String> writable() {
        return run.world.nodes().stream()
                .filter(Node::isUp)
                .filter(node -> node.postgres.isOpen() && !node.postgres.inRecovery)
                .map(node -> node.name)
                .findFirst();
    }

    private void pass(Duration time) throws Exception {
        Duration end = run.world.elapsed().plus(time);
        while (run.world.elapsed().compareTo(end) < 0) {
            if (ticks++ % TICKS_A_POLL == 0) {
                look();
            }
            run.world.advance(TICK);
        }
    }

    private void look() throws Exception {
        for (Node node : run.world.nodes()) {
            URI url = URI.create("http://" + node.name + ":8008/");
            if (node.isUp()) {
                tell(new Observation.NodeAnswered(
                        now(), node.name, url, Duration.ofMillis(3), PatroniJson.node(run.get(node.name, "/patroni"))));
            } else {
                tell(new Observation.NodeFailed(
                        now(), node.name, url, new Failure(Failure.Kind.REFUSED, "connection refused")));
            }
        }
        Node asked = run.world.nodes().stream().filter(Node::isUp).findFirst().orElseThrow();
        tell(new Observation.ClusterAnswered(
                now(),
                URI.create("http://" + asked.name + ":8008/"),
                Duration.ofMillis(3),
                PatroniJson.cluster(run.get(asked.name, "/cluster"))));
    }

    private Instant now() {
        return START.plus(run.world.elapsed());
    }

    private void tell(Observation observation) {
        dashboard = Reducer.reduce(dashboard, observation);
    }
}
