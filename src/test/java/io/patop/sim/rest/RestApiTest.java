package io.patop.sim.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.sim.SimulatedRun;
import io.patop.sim.core.SimulatedPatroni;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.http.Reply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The REST API's answers: those of 4.1.4 word for word as they were recorded on a real cluster, those of
 * older releases as their source says.
 */
class RestApiTest {
    private static final SimulationOptions QUIET = SimulationOptions.defaults().withWalRate(0);

    private SimulatedRun four;
    private SimulatedRun three;

    @BeforeEach
    void start() throws Exception {
        four = new SimulatedRun(
                QUIET.withVersions(SimulatedPatroni.V4_1_4).withTags(Map.of("patroni2", Map.of("clonefrom", "true"))));
        three = new SimulatedRun(QUIET);
        four.run(11);
        three.run(11);
    }

    private static Iterable<String> keys(JsonNode tree) {
        return tree::fieldNames;
    }

    @Test
    void patroni4TellsOfItselfWhatARealOneDoes() {
        assertThat(keys(four.get("patroni1", "/patroni")))
                .containsExactly(
                        "state",
                        "postmaster_start_time",
                        "role",
                        "server_version",
                        "xlog",
                        "timeline",
                        "replication",
                        "dcs_last_seen",
                        "database_system_identifier",
                        "patroni");
        assertThat(keys(four.get("patroni2", "/patroni")))
                .containsExactly(
                        "state",
                        "postmaster_start_time",
                        "role",
                        "server_version",
                        "xlog",
                        "timeline",
                        "replication_state",
                        "dcs_last_seen",
                        "tags",
                        "database_system_identifier",
                        "patroni");
        assertThat(four.get("patroni1", "/patroni")
                        .path("postmaster_start_time")
                        .asText())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
    }

    @Test
    void theRowsOfClusterHaveTheFieldsOfTheirRelease() {
        assertThat(keys(four.row("patroni3", "patroni2")))
                .containsExactly(
                        "name",
                        "role",
                        "state",
                        "api_url",
                        "host",
                        "port",
                        "timeline",
                        "tags",
                        "receive_lag",
                        "receive_lsn",
                        "replay_lag",
                        "replay_lsn",
                        "lag",
                        "lsn");
        assertThat(keys(four.row("patroni3", "patroni1")))
                .containsExactly("name", "role", "state", "api_url", "host", "port", "timeline");
        assertThat(four.row("patroni3", "patroni2").path("state").asText()).isEqualTo("streaming");
        assertThat(keys(four.get("patroni1", "/cluster"))).containsExactly("members", "scope");
        assertThat(keys(three.row("patroni3", "patroni2")))
                .containsExactly("name", "role", "state", "api_url", "host", "port", "timeline", "lag");
        assertThat(three.row("patroni3", "patroni2").path("state").asText()).isEqualTo("running");
        assertThat(keys(three.get("patroni1", "/cluster"))).containsExactly("members");
    }

    @Test
    void aMixedClusterAnswersInEachNodesOwnWay() throws Exception {
        SimulatedRun mixed = new SimulatedRun(
                QUIET.withVersions(SimulatedPatroni.V2_0_1, SimulatedPatroni.V3_0_2, SimulatedPatroni.V4_1_4));
        mixed.run(11);
        assertThat(mixed.get("patroni1", "/patroni").path("cluster_unlocked").isBoolean())
                .isTrue();
        assertThat(mixed.get("patroni1", "/patroni")
                        .path("postmaster_start_time")
                        .asText())
                .endsWith(" UTC");
        assertThat(mixed.get("patroni2", "/patroni").has("cluster_unlocked")).isFalse();
        assertThat(mixed.row("patroni3", "patroni2").path("receive_lag").asText())
                .isEqualTo("unknown");
        assertThat(mixed.row("patroni3", "patroni3").path("state").asText()).isEqualTo("streaming");
        assertThat(mixed.row("patroni1", "patroni3").path("state").asText()).isEqualTo("running");
        assertThat(mixed.command("patroni1", "HEAD", "/patroni", "")).startsWith("501 ");
    }

    @Test
    void healthChecksGiveTheCodesOfARealLeader() {
        for (String path : new String[] {"/primary", "/leader", "/read-only", "/health", "/", "/x-leader-y"}) {
            assertThat(four.check("patroni1", path)).as(path).isEqualTo(200);
        }
        for (String path : new String[] {"/replica", "/sync", "/quorum", "/async", "/nosuch", "/cluster"}) {
            assertThat(four.check("patroni1", path)).as(path).isEqualTo(503);
        }
        assertThat(four.command("patroni1", "GET", "/failsafe", "")).startsWith("502 ");
        assertThat(four.command("patroni1", "GET", "/nosuch", "")).startsWith("503 {\"state\": \"running\"");
        assertThat(four.command("patroni1", "GET", "/liveness", "")).isEqualTo("StatusLine");
    }

    @Test
    void replicaChecksCountLagAndTags() throws Exception {
        assertThat(four.check("patroni2", "/replica")).isEqualTo(200);
        assertThat(four.check("patroni2", "/replica?tag_clonefrom=true")).isEqualTo(200);
        assertThat(four.check("patroni3", "/replica?tag_clonefrom=true")).isEqualTo(503);
        SimulatedRun busy = new SimulatedRun(SimulationOptions.defaults()
                .withWalRate(100_000)
                .withTags(Map.of("patroni3", Map.of("noloadbalance", "true"))));
        busy.run(1).fault("slow patroni2").run(25);
        assertThat(busy.check("patroni2", "/replica?lag=16kB")).isEqualTo(503);
        assertThat(busy.check("patroni2", "/replica?lag=1GB")).isEqualTo(200);
        assertThat(busy.check("patroni3", "/replica")).isEqualTo(503);
    }

    @Test
    void errorsAreThePagesOfPythonsServer() {
        assertThat(four.command("patroni1", "POST", "/nosuch", "{}"))
                .startsWith("501 <!DOCTYPE HTML>\n<html lang=\"en\">");
        assertThat(four.command("patroni1", "PATCH", "/config", "{")).startsWith("400 <!DOCTYPE HTML>");
        assertThat(four.command("patroni1", "PATCH", "/config", "{}")).startsWith("400 ");
        Reply noLength = four.ask("patroni1", "PATCH", "/config").join();
        assertThat(((Reply.Answer) noLength).code()).isEqualTo(411);
    }

    @Test
    void writesAreRefusedInPatronisWords() {
        assertThat(four.command("patroni1", "POST", "/switchover", "{\"leader\":\"patroni2\"}"))
                .isEqualTo("412 leader name does not match");
        assertThat(four.command("patroni1", "POST", "/switchover", "{\"leader\":\"patroni1\",\"candidate\":\"x\"}"))
                .isEqualTo("412 candidate does not exists");
        assertThat(four.command(
                        "patroni1",
                        "POST",
                        "/switchover",
                        "{\"leader\":\"patroni1\",\"scheduled_at\":\"2099-01-01T00:00\"}"))
                .isEqualTo("400 Timezone information is mandatory for the scheduled switchover");
        assertThat(four.command("patroni1", "POST", "/failover", "{\"leader\":\"\"}"))
                .isEqualTo("400 Failover could be performed only to a specific candidate");
        assertThat(four.command("patroni1", "POST", "/reinitialize", ""))
                .isEqualTo("503 I am the leader, can not reinitialize");
        assertThat(four.command("patroni1", "POST", "/restart", "{\"role\":\"master\"}"))
                .isEqualTo("400 PostgreSQL role should be either primary, standby_leader, or replica");
        assertThat(four.command("patroni1", "POST", "/restart", "{\"role\":\"replica\"}"))
                .isEqualTo("503 restart conditions are not satisfied");
        assertThat(three.command("patroni1", "POST", "/restart", "{\"role\":\"primary\"}"))
                .isEqualTo("503 restart conditions are not satisfied");
        assertThat(four.command("patroni1", "POST", "/reload", "")).isEqualTo("202 reload scheduled");
    }

    @Test
    void aSwitchoverAnswersWhenTheNewLeaderHasTheLock() throws Exception {
        double before = four.seconds();
        assertThat(four.command(
                        "patroni1", "POST", "/switchover", "{\"leader\":\"patroni1\",\"candidate\":\"patroni3\"}"))
                .isEqualTo("200 Successfully switched over to \"patroni3\"");
        assertThat(four.seconds() - before).isBetween(1.0, 6.0);
        four.run(15);
        assertThat(four.world.leader()).contains("patroni3");
        assertThat(four.get("patroni3", "/patroni").path("timeline").asInt()).isEqualTo(2);
        assertThat(four.row("patroni3", "patroni1").path("state").asText()).isEqualTo("streaming");
    }

    @Test
    void aFailoverGoesToItsCandidate() {
        assertThat(three.command("patroni1", "POST", "/failover", "{\"candidate\":\"patroni2\"}"))
                .isEqualTo("200 Successfully failed over to \"patroni2\"");
    }

    @Test
    void aScheduledSwitchoverIsShownDeletedAndDone() throws Exception {
        String far =
                "{\"leader\":\"patroni1\",\"candidate\":\"patroni2\",\"scheduled_at\":\"2099-01-01T00:00:00+00:00\"}";
        assertThat(four.command("patroni1", "POST", "/switchover", far)).isEqualTo("202 Switchover scheduled");
        assertThat(four.get("patroni3", "/cluster").path("scheduled_switchover").toString())
                .isEqualTo("{\"at\":\"2099-01-01T00:00:00+00:00\",\"from\":\"patroni1\",\"to\":\"patroni2\"}");
        assertThat(four.command("patroni1", "DELETE", "/switchover", "")).isEqualTo("200 scheduled switchover deleted");
        assertThat(four.command("patroni1", "DELETE", "/switchover", "")).isEqualTo("404 no switchover is scheduled");
        String soon = "{\"leader\":\"patroni1\",\"scheduled_at\":\"2026-11-24T00:00:40Z\"}";
        assertThat(four.command("patroni1", "POST", "/switchover", soon)).isEqualTo("202 Switchover scheduled");
        four.run(20);
        assertThat(four.world.leader()).contains("patroni1");
        four.run(30);
        assertThat(four.world.leader()).isNotEqualTo(Optional.of("patroni1"));
        assertThat(four.command("patroni2", "POST", "/switchover", far.replace("2099", "2001")))
                .isEqualTo("422 Cannot schedule switchover in the past");
    }

    @Test
    void aScheduledRestartIsShownDeletedAndDone() throws Exception {
        String far = "{\"schedule\":\"2099-01-01T00:00:00+00:00\",\"restart_pending\":true}";
        assertThat(four.command("patroni3", "POST", "/restart", far)).isEqualTo("202 Restart scheduled");
        assertThat(four.row("patroni1", "patroni3")
                        .path("scheduled_restart")
                        .path("schedule")
                        .asText())
                .isEqualTo("2099-01-01T00:00:00+00:00");
        assertThat(four.get("patroni3", "/patroni").path("scheduled_restart").toString())
                .isEqualTo("{\"schedule\":\"2099-01-01T00:00:00+00:00\",\"restart_pending\":true}");
        assertThat(four.command("patroni3", "POST", "/restart", far))
                .isEqualTo("409 Another restart is already scheduled");
        assertThat(four.command("patroni3", "DELETE", "/restart", "")).isEqualTo("200 scheduled restart deleted");
        assertThat(four.command("patroni3", "DELETE", "/restart", "")).isEqualTo("404 no restarts are scheduled");
        String before =
                four.get("patroni3", "/patroni").path("postmaster_start_time").asText();
        four.command("patroni3", "POST", "/restart", "{\"schedule\":\"2026-11-24T00:00:40+00:00\"}");
        four.run(45);
        assertThat(four.get("patroni3", "/patroni")
                        .path("postmaster_start_time")
                        .asText())
                .isNotEqualTo(before);
        assertThat(four.get("patroni3", "/patroni").has("scheduled_restart")).isFalse();
    }

    @Test
    void aChangedParameterWaitsForARestartWhichAnswersWhenItIsDone() throws Exception {
        String config = four.command(
                "patroni1",
                "PATCH",
                "/config",
                "{\"ttl\":25,\"postgresql\":{\"parameters\":{\"max_connections\":200}}}");
        assertThat(config).startsWith("200 {\"ttl\": 25, \"loop_wait\": 10,").contains("\"use_pg_rewind\": true");
        four.run(12);
        JsonNode row = four.row("patroni1", "patroni2");
        assertThat(row.path("pending_restart").asBoolean()).isTrue();
        assertThat(row.path("pending_restart_reason").toString())
                .isEqualTo("{\"max_connections\":{\"old_value\":\"100\",\"new_value\":\"200\"}}");
        assertThat(four.command("patroni2", "POST", "/restart", "{\"restart_pending\":true}"))
                .isEqualTo("200 restarted successfully");
        four.run(12);
        assertThat(four.row("patroni1", "patroni2").has("pending_restart")).isFalse();
        assertThat(four.row("patroni1", "patroni3").has("pending_restart")).isTrue();
        assertThat(four.command("patroni1", "PATCH", "/config", "{\"postgresql\":{\"parameters\":null}}"))
                .isEqualTo("200 {\"ttl\": 25, \"loop_wait\": 10, \"retry_timeout\": 10, \"maximum_lag_on_failover\":"
                        + " 1048576, \"postgresql\": {\"use_pg_rewind\": true, \"use_slots\": true}}");
    }

    @Test
    void aLeaderRestartKeepsTheLockAndTheTimeline() throws Exception {
        assertThat(three.command("patroni1", "POST", "/restart", "")).isEqualTo("200 restarted successfully");
        three.run(12);
        assertThat(three.world.leader()).contains("patroni1");
        assertThat(three.get("patroni1", "/patroni").path("timeline").asInt()).isEqualTo(1);
    }

    @Test
    void reinitializeMakesANewCopy() throws Exception {
        assertThat(three.command("patroni2", "POST", "/reinitialize", "{\"force\":true}"))
                .isEqualTo("200 reinitialize started");
        three.run(1);
        assertThat(three.get("patroni2", "/patroni").path("state").asText()).isEqualTo("creating replica");
        assertThat(three.command("patroni2", "POST", "/reinitialize", ""))
                .isEqualTo("503 reinitialize already in progress");
        three.run(25);
        assertThat(three.row("patroni1", "patroni2").path("state").asText()).isEqualTo("running");
        assertThat(three.row("patroni1", "patroni2").path("lag").asLong()).isZero();
    }

    @Test
    void metricsHaveTheNamesAndLabelsOfTheirRelease() {
        String metrics = four.command("patroni1", "GET", "/metrics", "");
        assertThat(metrics)
                .contains("patroni_version{scope=\"patroni\",name=\"patroni1\"} 040104\n")
                .contains("patroni_primary{scope=\"patroni\",name=\"patroni1\"} 1\n")
                .contains("patroni_quorum_standby")
                .doesNotContain("patroni_master");
        assertThat(three.command("patroni1", "GET", "/metrics", ""))
                .contains("patroni_master{scope=\"patroni\"} 1\n")
                .contains("patroni_postgres_server_version {scope=\"patroni\"} 150020\n");
    }
}
