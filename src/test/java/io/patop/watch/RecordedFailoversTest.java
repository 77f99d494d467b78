package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.rules.Reducer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reducer, fed two real failovers: it derives the events that the tables beside the recordings tell, each
 * at its time, and no others.
 */
class RecordedFailoversTest {

    /**
     * The old leader's API was back between 74.99 s, when its name was not known yet, and 75.51 s, when it took the
     * request that it answered 1.66 s later.
     */
    @Test
    void aCleanStopOfTheLeader() {
        Dashboard end = play(Trace.read("clean-stop"));

        assertThat(end.events().stream().map(RecordedFailoversTest::line))
                .containsExactly(
                        "  5.6 API_LOST leader patroni3: REST API does not answer (name not resolved); /cluster still says leader, running",
                        "  9.2 LEADER_CHANGED patroni1 holds the leader key in place of patroni3, still on timeline 1",
                        "  9.2 MEMBER_DOWN patroni3 is now replica, stopped, by /cluster",
                        "  9.7 PROMOTED patroni1 is promoted: primary on timeline 2",
                        " 10.7 REPLICA_BEHIND patroni2 runs on timeline 1, 224 B behind",
                        " 14.3 REPLICA_CAUGHT_UP patroni2 keeps up: replica, streaming on timeline 2",
                        " 37.7 MEMBER_LEFT patroni3 has left /cluster: its key expired",
                        " 75.5 MEMBER_JOINED patroni3 is back in /cluster at 10.77.1.42 (was 10.77.1.38): replica, stopped",
                        " 75.5 API_BACK patroni3: REST API answers again, replica, running on timeline 1",
                        " 77.7 REPLICA_BEHIND patroni3 runs on timeline 1, 280 B behind",
                        " 80.8 REPLICA_CAUGHT_UP patroni3 keeps up: replica, streaming on timeline 2");
        assertThat(end.pastFailovers()).singleElement().satisfies(failover -> {
            assertThat(failover.outcome()).isEqualTo(Failover.Outcome.FAILOVER);
            assertThat(failover.oldLeader()).isEqualTo("patroni3");
            assertThat(failover.newLeader()).contains("patroni1");
            assertThat(phases(failover))
                    .isEqualTo(Map.of(
                            Phase.LEADER_LOST, "5.6",
                            Phase.NEW_LEADER, "9.2",
                            Phase.PROMOTED, "9.7",
                            Phase.REPLICAS_STREAMING, "14.3",
                            Phase.OLD_LEADER_BACK, "80.8"));
        });
        assertThat(end.failover()).isEmpty();
    }

    @Test
    void theLeaderKilled() {
        Dashboard end = play(Trace.read("sigkill"));

        assertThat(end.events().stream().map(RecordedFailoversTest::line))
                .containsExactly(
                        "  5.6 API_LOST leader patroni1: REST API does not answer (name not resolved); /cluster still says leader, running",
                        " 26.0 LEADER_KEY_FREE nobody holds the leader key, by patroni3's own word",
                        " 26.5 MEMBER_LEFT patroni1 has left /cluster: its key expired",
                        " 28.6 LEADER_CHANGED patroni2 holds the leader key in place of patroni1, still on timeline 4",
                        " 28.6 PROMOTED patroni2 is promoted: primary on timeline 5",
                        " 29.6 REPLICA_BEHIND patroni3 runs on timeline 4, 280 B behind",
                        " 33.2 REPLICA_CAUGHT_UP patroni3 keeps up: replica, streaming on timeline 5",
                        " 66.8 MEMBER_JOINED patroni1 is back in /cluster at 10.77.1.49 (was 10.77.1.45): replica, stopped",
                        " 66.8 API_BACK patroni1: REST API answers again, demoted, stopped",
                        " 72.9 REPLICA_CAUGHT_UP patroni1 keeps up: replica, streaming on timeline 5, 0 B behind");
        assertThat(end.pastFailovers()).singleElement().satisfies(failover -> {
            assertThat(failover.outcome()).isEqualTo(Failover.Outcome.FAILOVER);
            assertThat(phases(failover))
                    .isEqualTo(Map.of(
                            Phase.LEADER_LOST, "5.6",
                            Phase.LOCK_RELEASED, "26.0",
                            Phase.NEW_LEADER, "28.6",
                            Phase.PROMOTED, "28.6",
                            Phase.REPLICAS_STREAMING, "33.2",
                            Phase.OLD_LEADER_BACK, "72.9"));
        });
    }

    @Test
    void theReducerGivesTheSameDashboardForTheSameObservations() {
        assertThat(play(Trace.read("sigkill"))).isEqualTo(play(Trace.read("sigkill")));
    }

    private static Dashboard play(Trace trace) {
        Dashboard dashboard = Dashboard.EMPTY;
        List<Observation> observations = trace.observations();
        assertThat(observations).hasSizeGreaterThan(500);
        for (Observation observation : observations) {
            dashboard = Reducer.reduce(dashboard, observation);
        }
        return dashboard;
    }

    private static String line(Event event) {
        return String.format(Locale.ROOT, "%5s %s %s", seconds(event.at()), event.kind(), event.text());
    }

    private static Map<Phase, String> phases(Failover failover) {
        return failover.reached().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> seconds(entry.getValue())));
    }

    private static String seconds(java.time.Instant at) {
        return String.format(
                Locale.ROOT, "%.1f", Duration.between(Trace.START, at).toMillis() / 1000.0);
    }
}
