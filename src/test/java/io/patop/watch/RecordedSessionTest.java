package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.recording.ObservationJson;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import io.patop.watch.rules.Reducer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The reducer, fed patop's own recording of a session with three nodes of Patroni 4.1.4: it derives the events that the
 * independent log beside it tells, each at its time, and no others. By that log: 10:56:58.2 SIGKILL of leader node1;
 * 10:59:52.57 SIGTERM to leader node2; 11:00:22.77 postmaster of leader node3 killed; 11:00:45.97 switchover to node1
 * (2.5 s to 2.9 s without a writable leader by PostgreSQL's log); 11:01:06.98 SIGTERM to replica node2; 11:03:09.93 etcd
 * frozen until 11:03:49.82 (33.4 s without a writable leader); 11:04:12.31 leader node2 frozen until 11:04:57.39.
 */
class RecordedSessionTest {

    private static Dashboard end;

    @BeforeAll
    static void play() throws IOException {
        Dashboard dashboard = Dashboard.EMPTY;
        JsonMapper mapper = new JsonMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        RecordedSessionTest.class.getResourceAsStream("/traces/live-4.1.4.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode tree = mapper.readTree(line);
                dashboard = Reducer.reduce(dashboard, ObservationJson.observation(tree));
            }
        }
        end = dashboard;
    }

    @Test
    void exactlyTheTrueEventsAreTold() {
        assertThat(end.events().stream()
                        .filter(event -> event.kind() != Event.Kind.OUTAGE_BILL)
                        .sorted(Comparator.comparing(Event::at))
                        .map(RecordedSessionTest::line))
                .containsExactly(
                        "10:56:58.3 API_LOST leader node1: REST API does not answer (refused)",
                        "10:57:27.2 MEMBER_LEFT node1 has left /cluster: its key expired",
                        "10:57:27.2 LEADER_KEY_FREE nobody holds the leader key, by /cluster",
                        "10:57:27.4 LEADER_CHANGED node2 holds the leader key in place of node1, still on timeline 1",
                        "10:57:27.6 PROMOTED node2 is promoted: primary on timeline 2",
                        "10:57:28.6 REPLICA_CAUGHT_UP node3 keeps up: replica, streaming on timeline 2, 0 B behind",
                        "10:58:50.8 MEMBER_JOINED node1 is back in /cluster at 127.0.0.1: replica, stopped",
                        "10:58:51.0 API_BACK node1: REST API answers again, demoted, stopped",
                        "10:59:00.9 REPLICA_CAUGHT_UP node1 keeps up: replica, streaming on timeline 2",
                        "10:59:52.6 API_LOST leader node2: REST API does not answer (broken off); /cluster says replica, stopped",
                        "10:59:54.9 LEADER_KEY_FREE nobody holds the leader key, by /cluster",
                        "10:59:55.9 LEADER_CHANGED node3 holds the leader key in place of node2, still on timeline 2",
                        "10:59:56.3 PROMOTED node3 is promoted: primary on timeline 3",
                        "10:59:57.0 REPLICA_BEHIND node1 runs on timeline 2, 224 B behind",
                        "10:59:57.1 REPLICA_CAUGHT_UP node1 keeps up: replica, streaming on timeline 3",
                        "11:00:09.1 API_BACK node2: REST API answers again, demoted, stopped",
                        "11:00:12.6 REPLICA_CAUGHT_UP node2 keeps up: replica, streaming on timeline 3",
                        "11:00:22.8 MEMBER_DOWN node3: PostgreSQL does not answer",
                        "11:00:22.8 STREAMING_LOST node1 no longer streams from node3",
                        "11:00:22.8 STREAMING_LOST node2 no longer streams from node3",
                        "11:00:30.9 MEMBER_UP node3: PostgreSQL runs again, primary, running on timeline 3; nobody could write until then",
                        "11:00:32.9 STREAMING_BACK node1 streams again",
                        "11:00:32.9 STREAMING_BACK node2 streams again",
                        "11:00:48.9 MEMBER_DOWN node3: PostgreSQL stopping",
                        "11:00:50.5 DEMOTED node3 no longer runs as primary: it says demoted, stopping",
                        "11:00:50.5 LEADER_KEY_FREE nobody holds the leader key, by /cluster",
                        "11:00:50.7 LEADER_CHANGED node1 holds the leader key in place of node3, still on timeline 3",
                        "11:00:50.9 PROMOTED node1 is promoted: primary on timeline 4",
                        "11:00:51.9 REPLICA_BEHIND node2 runs on timeline 3, 224 B behind",
                        "11:00:53.0 REPLICA_CAUGHT_UP node2 keeps up: replica, streaming on timeline 4",
                        "11:00:54.6 MEMBER_UP node3: PostgreSQL runs again, replica, running on timeline 4",
                        "11:00:54.6 REPLICA_CAUGHT_UP node3 keeps up: replica, streaming on timeline 4",
                        "11:01:07.1 API_LOST node2: REST API does not answer (broken off); /cluster still says replica, streaming",
                        "11:01:07.1 STREAMING_LOST node2 no longer streams from node1",
                        "11:01:09.3 MEMBER_DOWN node2 is now replica, stopped, by /cluster",
                        "11:01:39.4 MEMBER_LEFT node2 has left /cluster: its key expired",
                        "11:03:00.6 MEMBER_JOINED node2 is back in /cluster at 127.0.0.1: replica, stopped",
                        "11:03:00.8 API_BACK node2: REST API answers again, replica, starting",
                        "11:03:02.9 STREAMING_BACK node2 streams again",
                        "11:03:03.8 REPLICA_CAUGHT_UP node2 keeps up: replica, streaming on timeline 4, 0 B behind",
                        "11:03:21.1 MEMBER_DOWN node1: PostgreSQL stopping",
                        "11:03:21.1 DCS_LOST the DCS cannot be read: nodes answer for themselves, and /cluster timed out; nobody can write, node2 and node3 can be read",
                        "11:03:22.5 DEMOTED node1 no longer runs as primary: it says replica, starting",
                        "11:03:30.2 MEMBER_UP node1: PostgreSQL runs again, replica, running on timeline 4",
                        "11:03:49.8 DCS_BACK the DCS can be read again; meanwhile nobody could write, node1 and node2 and node3 could be read",
                        "11:03:49.9 MEMBER_LEFT node1 has left /cluster: its key expired",
                        "11:03:49.9 MEMBER_LEFT node2 has left /cluster: its key expired",
                        "11:03:49.9 MEMBER_LEFT node3 has left /cluster: its key expired",
                        "11:03:49.9 LEADER_KEY_FREE nobody holds the leader key, by /cluster",
                        "11:03:53.6 MEMBER_JOINED node2 is back in /cluster at 127.0.0.1: replica, streaming",
                        "11:03:53.8 LEADER_CHANGED node2 holds the leader key in place of node1, still on timeline 4",
                        "11:03:53.8 PROMOTED node2 is promoted: primary on timeline 5",
                        "11:03:55.8 MEMBER_JOINED node1 is back in /cluster at 127.0.0.1: replica, running",
                        "11:03:55.8 REPLICA_BEHIND node1 runs on timeline 4, 224 B behind",
                        "11:03:55.8 REPLICA_CAUGHT_UP node1 keeps up: replica, streaming on timeline 5",
                        "11:03:56.0 REPLICA_CAUGHT_UP node3 keeps up: replica, streaming on timeline 5",
                        "11:03:57.6 MEMBER_JOINED node3 is back in /cluster at 127.0.0.1: replica, streaming",
                        "11:04:12.3 API_LOST leader node2: REST API does not answer (timed out)",
                        "11:04:35.0 MEMBER_LEFT node2 has left /cluster: its key expired",
                        "11:04:35.0 LEADER_KEY_FREE nobody holds the leader key, by /cluster",
                        "11:04:37.1 LEADER_CHANGED node3 holds the leader key in place of node2, still on timeline 5",
                        "11:04:37.3 PROMOTED node3 is promoted: primary on timeline 6",
                        "11:04:38.3 REPLICA_BEHIND node1 runs on timeline 5, 224 B behind",
                        "11:04:38.5 REPLICA_CAUGHT_UP node1 keeps up: replica, streaming on timeline 6, 0 B behind",
                        "11:04:57.5 MEMBER_JOINED node2 is back in /cluster at 127.0.0.1: replica, running",
                        "11:04:57.5 REPLICA_BEHIND node2 runs on timeline 5, 280 B behind",
                        "11:04:57.7 API_BACK node2: REST API answers again, primary, stopping",
                        "11:05:03.2 REPLICA_CAUGHT_UP node2 keeps up: replica, streaming on timeline 6");
    }

    @Test
    void eachChangeOfLeaderHasItsBill() {
        assertThat(end.events().stream()
                        .filter(event -> event.kind() == Event.Kind.OUTAGE_BILL)
                        .map(RecordedSessionTest::line))
                .containsExactly(
                        "10:57:27.6 OUTAGE_BILL where the time went: 29.9 s until the key expired: ttl 30 s, "
                                + "less up to loop_wait 10 s since the last renewal · 0.1 s until a new leader was "
                                + "elected · 0.2 s until it was promoted; ttl 20, loop_wait 5, retry_timeout 5: about 8 "
                                + "s less",
                        "10:59:56.3 OUTAGE_BILL where the time went: 3.2 s until the leader had stopped and "
                                + "released the key: PostgreSQL's last checkpoint; no setting · 1.0 s until a new "
                                + "leader was elected: members ask each other, 2 s for one that does not answer · 0.4 s "
                                + "until it was promoted",
                        "11:00:50.9 OUTAGE_BILL where the time went: 2.6 s until the leader had stopped and "
                                + "released the key: PostgreSQL's last checkpoint; no setting · 0.2 s until a new "
                                + "leader was elected · 0.2 s until it was promoted",
                        "11:03:53.8 OUTAGE_BILL where the time went: 29.8 s while the DCS could not be read: "
                                + "the leader demotes itself after retry_timeout 10 s unless failsafe_mode is on · 3.8 "
                                + "s until a new leader was elected: members ask each other, 2 s for one that does not "
                                + "answer; failsafe_mode true: about 30 s less",
                        "11:04:37.3 OUTAGE_BILL where the time went: 22.9 s until the key expired: ttl 30 s, "
                                + "less up to loop_wait 10 s since the last renewal · 2.0 s until a new leader was "
                                + "elected: members ask each other, 2 s for one that does not answer · 0.2 s until it "
                                + "was promoted; ttl 20, loop_wait 5, retry_timeout 5: about 8 s less");
    }

    @Test
    void lengthsHoldTheTrueOnes() {
        assertThat(end.events().stream()
                        .filter(event -> event.kind() != Event.Kind.OUTAGE_BILL)
                        .flatMap(event -> event.took().stream()
                                .map(took -> line(event).substring(0, 8) + " " + event.kind() + " "
                                        + DurationText.text(took))))
                .containsExactly(
                        "10:58:51 API_BACK 1m 50s to 1m 53s",
                        "11:00:09 API_BACK 16.2 to 17.4 s",
                        "11:00:30 MEMBER_UP 6.4 to 8.3 s",
                        "11:03:00 API_BACK 1m 51s to 1m 53s",
                        "11:03:49 DCS_BACK ≥ 28.2 s",
                        "11:04:57 API_BACK 43.2 to 45.6 s");
    }

    @Test
    void theStopwatchIsNeverTooShortNorTwoPollsTooLong() {
        assertThat(end.pastFailovers())
                .extracting(failover -> failover.outcome() + " of " + failover.oldLeader() + " to "
                        + failover.newLeader().orElseThrow() + " "
                        + DurationText.text(failover.until(Phase.PROMOTED).orElseThrow()))
                .containsExactly(
                        "FAILOVER of node1 to node2 29.1 to 30.3 s",
                        "FAILOVER of node2 to node3 3.4 to 4.6 s",
                        "SWITCHOVER of node3 to node1 1.8 to 3.0 s",
                        "FAILOVER of node1 to node2 32.4 to 33.6 s",
                        "FAILOVER of node2 to node3 24.7 to 25.1 s");
    }

    @Test
    void replicasAreThereInThePhasesAtTheMomentOfTheEvent() {
        for (Failover failover : end.pastFailovers()) {
            Instant phase = failover.at(Phase.REPLICAS_STREAMING).orElseThrow();
            assertThat(end.events())
                    .as("%s", failover)
                    .anyMatch(event -> event.kind() == Event.Kind.REPLICA_CAUGHT_UP
                            && event.at().equals(phase));
        }
    }

    private static String line(Event event) {
        return event.at().toString().substring(11, 21) + " " + event.kind() + " " + event.text();
    }
}
