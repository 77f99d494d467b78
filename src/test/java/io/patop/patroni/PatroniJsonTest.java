package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.History;
import io.patop.cluster.Lag;
import io.patop.cluster.Lsn;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PatroniTime;
import io.patop.cluster.PendingRestart;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.PostgresVersion;
import io.patop.cluster.Progress;
import io.patop.cluster.Role;
import io.patop.cluster.ScheduledRestart;
import io.patop.cluster.ScheduledSwitchover;
import io.patop.cluster.State;
import io.patop.cluster.Timeline;
import io.patop.cluster.Walsender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatroniJsonTest {

    @Test
    void readsTheClusterOfARecorded414() throws Exception {
        ClusterView view = PatroniJson.cluster(recorded("/cluster"));
        assertThat(view.scope()).contains("demo");
        assertThat(view.paused()).isFalse();
        assertThat(view.members()).extracting(Member::name).containsExactly("node1", "node2", "node3");

        Member leader = view.leader().orElseThrow();
        assertThat(leader.name()).isEqualTo("node1");
        assertThat(leader.apiUrl()).contains(URI.create("http://127.0.0.1:18101"));
        assertThat(leader.address()).contains(new PostgresAddress("127.0.0.1", 18111));
        assertThat(leader.lag()).isEqualTo(Lag.NONE);
        assertThat(leader.received()).isEmpty();

        Member replica = view.member("node2").orElseThrow();
        assertThat(replica.state().kind()).isEqualTo(State.Kind.STREAMING);
        assertThat(replica.timeline()).isEqualTo(Timeline.of(1));
        assertThat(replica.lag()).isEqualTo(Lag.of(0));
        assertThat(replica.replayed()).contains(new Progress(Lsn.parse("0/4000060"), Lag.of(0)));
        assertThat(replica.tags().values()).isEqualTo(Map.of("clonefrom", true));
    }

    @Test
    void readsTheNodeOfARecorded414() throws Exception {
        NodeStatus node = PatroniJson.node(recorded("/patroni"));
        assertThat(node.name()).contains("node1");
        assertThat(node.scope()).contains("demo");
        assertThat(node.patroniVersion()).contains("4.1.4");
        assertThat(node.postgresVersion()).contains(new PostgresVersion(150020));
        assertThat(node.role().isPrimary()).isTrue();
        assertThat(node.wal().location()).contains(new Lsn(67108960));
        assertThat(node.dcsLastSeen()).contains(Instant.ofEpochSecond(1795484093));
        assertThat(node.systemIdentifier()).contains("7711545156687427650");
        assertThat(node.postmasterStart()).contains(PatroniTime.of("2026-11-24 01:33:43.189338+00:00"));
        assertThat(node.postmasterStart().orElseThrow().time()).isPresent();
        assertThat(node.replication())
                .containsExactly(
                        new Walsender("node3", "127.0.0.1", "streaming", "async"),
                        new Walsender("node2", "127.0.0.1", "streaming", "async"));
        assertThat(node.flags()).isEqualTo(NodeStatus.Flags.NONE);
    }

    @Test
    void readsHistoryAndConfigurationOfARecorded414() throws Exception {
        assertThat(PatroniJson.history(recorded("/history")).entries()).isEmpty();
        DynamicConfig config = PatroniJson.config(recorded("/config"));
        assertThat(config.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maximumLagOnFailover()).isEqualTo(1048576);
    }

    @Test
    void readsScheduledActionsOfARecorded414() throws Exception {
        List<String> answers = lines("/api/writes-4.1.4.txt");
        JsonNode cluster = PatroniJson.tree(answers.stream()
                .filter(line -> line.startsWith("{\"members\""))
                .findFirst()
                .orElseThrow()
                .getBytes(StandardCharsets.UTF_8));
        Member scheduled = PatroniJson.cluster(cluster).member("node3").orElseThrow();
        assertThat(scheduled.scheduledRestart())
                .contains(new ScheduledRestart(
                        PatroniTime.of("2099-01-01T00:00:00+00:00"), true, Optional.empty(), Optional.empty()));
        JsonNode node = PatroniJson.tree(answers.stream()
                .filter(line -> line.startsWith("{\"state\": \"running\"") && line.endsWith("}"))
                .findFirst()
                .orElseThrow()
                .getBytes(StandardCharsets.UTF_8));
        NodeStatus status = PatroniJson.node(node);
        assertThat(status.scheduledRestart()).isEqualTo(scheduled.scheduledRestart());
        assertThat(status.replicationState()).contains("streaming");
        assertThat(status.wal().furthest()).contains(new Lsn(67108960));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean-stop", "sigkill"})
    void readsEveryAnswerOfARecordedFailoverOf302(String trace) throws Exception {
        int read = 0;
        try (InputStream file = getClass().getResourceAsStream("/traces/" + trace + ".jsonl.gz");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                for (Map.Entry<String, JsonNode> answer : tree(line).properties()) {
                    JsonNode body = answer.getValue().path("body");
                    if (answer.getKey().endsWith("/cluster") && body.isObject()) {
                        assertThat(PatroniJson.cluster(body).members())
                                .hasSizeBetween(1, 3)
                                .allSatisfy(member -> {
                                    assertThat(member.role().kind()).isNotEqualTo(Role.Kind.OTHER);
                                    assertThat(member.state().kind()).isNotEqualTo(State.Kind.OTHER);
                                    assertThat(member.apiUrl()).isPresent();
                                });
                        read++;
                    } else if (answer.getKey().endsWith("/patroni") && body.isObject()) {
                        assertThat(PatroniJson.node(body).patroniVersion()).contains("3.0.2");
                        assertThat(PatroniJson.node(body).role().kind()).isNotEqualTo(Role.Kind.OTHER);
                        read++;
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    @Test
    void readsTheFormsOf201() throws Exception {
        NodeStatus node = PatroniJson.node(
                tree(
                        """
                {"state": "running", "postmaster_start_time": "2020-12-09 09:06:47.738 UTC", "role": "master",
                 "server_version": 90624, "cluster_unlocked": false, "xlog": {"location": 1},
                 "timeline": 7, "database_system_identifier": "6904", "patroni": {"version": "2.0.1", "scope": "b"}}"""));
        assertThat(node.name()).isEmpty();
        assertThat(node.role().isPrimary()).isTrue();
        assertThat(node.postgresVersion()).map(Object::toString).contains("9.6.24");
        assertThat(node.postmasterStart().orElseThrow().time()).isPresent();
        assertThat(node.flags().clusterUnlocked()).isFalse();
        assertThat(node.dcsLastSeen()).isEmpty();
    }

    @Test
    void readsANodeWhosePostgresqlCannotBeAsked() throws Exception {
        NodeStatus node = PatroniJson.node(
                tree(
                        """
                {"state": "stopped", "role": "demoted", "cluster_unlocked": true, "pause": true,
                 "watchdog_failed": true, "failsafe_mode_is_active": true, "dcs_last_seen": 99999999999999999}"""));
        assertThat(node.role().kind()).isEqualTo(Role.Kind.DEMOTED);
        assertThat(node.timeline()).isEmpty();
        assertThat(node.wal().furthest()).isEmpty();
        assertThat(node.dcsLastSeen()).isEmpty();
        assertThat(node.flags()).isEqualTo(new NodeStatus.Flags(true, true, true, false, false, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "280 | 280",
                "0 | 0",
                "9223372036854775807 | 9223372036854775807",
            })
    void tellsALagInBytes(String json, long bytes) throws Exception {
        assertThat(lag(json)).isEqualTo(Lag.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"unknown\"", "\"\"", "-1", "1.5", "{}", "[]", "true", "92233720368547758070"})
    void takesNoOtherLagForANumber(String json) throws Exception {
        assertThat(lag(json)).isEqualTo(Lag.UNKNOWN);
    }

    @Test
    void tellsAnAbsentLagFromAnUnknownOne() throws Exception {
        assertThat(lag("null")).isEqualTo(Lag.NONE);
        assertThat(member("{\"name\": \"a\"}").lag()).isEqualTo(Lag.NONE);
        Member old = member(
                """
                {"name": "a", "lag": 5, "lsn": "0/1", "receive_lag": "unknown", "receive_lsn": "unknown"}""");
        assertThat(old.received()).contains(new Progress(Optional.empty(), Lag.UNKNOWN));
        assertThat(old.replayed()).isEmpty();
    }

    @Test
    void keepsAMemberThatPublishedNextToNothing() throws Exception {
        Member bare = member("{\"name\": \"patroni2\", \"api_url\": \"http://:8008/patroni\"}");
        assertThat(bare.apiUrl()).isEmpty();
        assertThat(bare.address()).isEmpty();
        assertThat(bare.role().word()).isEmpty();
        assertThat(bare.state().kind()).isEqualTo(State.Kind.UNKNOWN);
        assertThat(bare.tags().isEmpty()).isTrue();
    }

    @Test
    void keepsWordsThatItDoesNotKnow() throws Exception {
        Member later = member("{\"name\": \"a\", \"role\": \"arbiter\", \"state\": \"meditating\", \"new\": {}}");
        assertThat(later.role()).isEqualTo(new Role(Role.Kind.OTHER, "arbiter"));
        assertThat(later.state()).isEqualTo(new State(State.Kind.OTHER, "meditating"));
    }

    @Test
    void readsAMemberWhoseFieldsAreAllOfAnotherType() throws Exception {
        Member odd = member(
                """
                {"name": 7, "role": ["x"], "state": {"a": 1}, "api_url": 5, "host": null, "port": "5432",
                 "timeline": "3", "lag": {}, "tags": [1, 2], "pending_restart": "yes", "scheduled_restart": 1,
                 "pending_restart_reason": 3, "receive_lsn": 9}""");
        assertThat(odd.name()).isEqualTo("7");
        assertThat(odd.role().word()).isEmpty();
        assertThat(odd.timeline()).isEmpty();
        assertThat(odd.pendingRestart()).isEmpty();
        assertThat(odd.scheduledRestart()).isEmpty();
    }

    @Test
    void readsNumbersOutOfAllRanges() throws Exception {
        Member huge =
                member("{\"name\": \"a\", \"host\": \"h\", \"port\": 70000, \"timeline\": 1e30, \"tags\": {\"n\": "
                        + "9".repeat(900) + ", \"i\": Infinity, \"x\": NaN}}");
        assertThat(huge.address()).isEmpty();
        assertThat(huge.timeline()).isEmpty();
        assertThat(huge.tags().values()).hasSize(3);
        NodeStatus node = PatroniJson.node(
                tree(
                        """
                {"state": "running", "server_version": 99999999999, "timeline": 4294967296,
                 "xlog": {"location": -1, "replayed_location": 99999999999999999999}, "dcs_last_seen": -5}"""));
        assertThat(node.postgresVersion()).isEmpty();
        assertThat(node.timeline()).isEmpty();
        assertThat(node.wal().furthest()).isEmpty();
    }

    @Test
    void countsAMemberThatIsListedTwiceOnce() throws Exception {
        ClusterView view = PatroniJson.cluster(
                tree(
                        """
                {"members": [{"name": "a", "role": "leader"}, {"name": "a", "role": "replica"}, {"role": "replica"},
                 null, 3, "b", {"name": ""}, {"name": "c"}]}"""));
        assertThat(view.members()).extracting(Member::name).containsExactly("a", "c");
        assertThat(view.leader()).isPresent();
    }

    @Test
    void readsPauseSwitchoverAndPendingRestart() throws Exception {
        ClusterView view = PatroniJson.cluster(
                tree(
                        """
                {"members": [{"name": "a", "pending_restart": true, "pending_restart_reason":
                   {"max_connections": {"old_value": "100", "new_value": 50}},
                   "scheduled_restart": {"schedule": "soon", "postgres_version": "15.3", "role": "replica"}}],
                 "pause": true, "scheduled_switchover": {"at": "2099-01-01T00:00:00+00:00", "from": "a"}}"""));
        assertThat(view.paused()).isTrue();
        assertThat(view.scheduledSwitchover())
                .contains(new ScheduledSwitchover(
                        PatroniTime.of("2099-01-01T00:00:00+00:00"), Optional.of("a"), Optional.empty()));
        Member member = view.members().get(0);
        assertThat(member.pendingRestart().orElseThrow().reasons())
                .containsExactly(new PendingRestart.Change("max_connections", "100", "50"));
        assertThat(member.scheduledRestart())
                .contains(new ScheduledRestart(
                        new PatroniTime("soon", Optional.empty()), false, Optional.of("replica"), Optional.of("15.3")));
    }

    @Test
    void readsHistoryEntriesOfAllLengths() throws Exception {
        History history = PatroniJson.history(
                tree(
                        """
                [[1, 67381760, "no recovery target specified"],
                 [2, 67382040, "", "2026-11-24T00:31:38.123456+00:00"],
                 [3, 67382320, "no recovery target specified", "2026-11-24T00:33:16.5+00:00", "patroni1"],
                 [], null, 5, ["x", "y"], [4], [0, 1, "r"], [5, -1, "r"]]"""));
        assertThat(history.entries()).hasSize(3);
        assertThat(history.entries().get(0).at()).isEmpty();
        assertThat(history.entries().get(1).at().flatMap(PatroniTime::time)).isPresent();
        assertThat(history.last().flatMap(History.Entry::newLeader)).contains("patroni1");
    }

    @Test
    void refusesNestingThatWouldEndTheStack() {
        for (String open : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> tree(open.repeat(100_000))).isInstanceOf(PatroniJson.NotPatroni.class);
        }
    }

    @Test
    void readsNestingThatIsAllowed() throws Exception {
        String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
        assertThat(PatroniJson.config(tree(deep)).tree()).containsKey("a");
        assertThat(member("{\"name\": \"a\", \"tags\": {\"t\": " + deep + "}}")
                        .tags()
                        .values())
                .containsKey("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"members\": [ | broken off or malformed",
                "{\"members\": []}{} | broken off or malformed",
                "<!doctype html> | HTML page",
                "  <html> | HTML page",
                "pg_isready | not JSON",
                "'   ' | empty",
            })
    void saysWhatADocumentIsInstead(String body, String words) {
        assertThatThrownBy(() -> tree(body))
                .isInstanceOf(PatroniJson.NotPatroni.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesJsonOfAnotherServer() {
        String other = "{\"status\": \"ok\"}";
        assertThatThrownBy(() -> PatroniJson.node(tree(other))).hasMessageContaining("neither state nor role");
        assertThatThrownBy(() -> PatroniJson.cluster(tree(other))).hasMessageContaining("lists no members");
        assertThatThrownBy(() -> PatroniJson.history(tree(other))).hasMessageContaining("is no list");
        assertThatThrownBy(() -> PatroniJson.config(tree("[]"))).hasMessageContaining("is no object");
    }

    private static Lag lag(String json) throws IOException {
        return member("{\"name\": \"a\", \"lag\": " + json + "}").lag();
    }

    private static Member member(String json) throws IOException {
        return PatroniJson.cluster(tree("{\"members\": [" + json + "]}"))
                .members()
                .get(0);
    }

    private static JsonNode tree(String json) throws IOException {
        return PatroniJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The body that a real node gave to that GET. */
    private static JsonNode recorded(String path) throws IOException {
        List<String> lines = lines("/api/gets-4.1.4.txt");
        return tree(lines.stream()
                .skip(lines.indexOf("== GET " + path))
                .filter(line -> line.startsWith("{") || line.startsWith("["))
                .findFirst()
                .orElseThrow());
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream file = PatroniJsonTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
