package io.patop.patroni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.MutatedJson;
import io.patop.RealAnswers;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a node answers is understood or is "not Patroni"; nothing else comes of it. */
class PatroniJsonFuzzTest {

    static final List<String> CLUSTERS = List.of(
            RealAnswers.body("/cluster"),
            "{\"members\":[{\"name\":\"a\",\"role\":\"leader\",\"state\":\"running\",\"api_url\":"
                    + "\"http://a:8008/patroni\",\"host\":\"a\",\"port\":5432,\"timeline\":4,\"pending_restart\":true,"
                    + "\"pending_restart_reason\":{\"max_connections\":{\"old_value\":\"100\",\"new_value\":\"50\"}},"
                    + "\"scheduled_restart\":{\"schedule\":\"2026-11-24T20:00:00+00:00\",\"postgres_version\":\"15.3\","
                    + "\"postmaster_start_time\":\"2026-11-24 01:33:43.189338+00:00\"},"
                    + "\"tags\":{\"nofailover\":true,\"replicatefrom\":\"b\",\"failover_priority\":2}},"
                    + "{\"name\":\"b\",\"role\":\"sync_standby\",\"state\":\"stopped\",\"lag\":\"unknown\"}],"
                    + "\"pause\":true,\"scheduled_switchover\":{\"at\":\"2026-11-24T20:00:00+00:00\",\"from\":\"a\","
                    + "\"to\":\"b\"}}");

    static final List<String> NODES = List.of(
            RealAnswers.body("/patroni"),
            "{\"state\":\"running\",\"postmaster_start_time\":\"2020-12-09 09:06:47.738 UTC\",\"role\":\"replica\","
                    + "\"server_version\":90624,\"cluster_unlocked\":false,\"xlog\":{\"received_location\":67108960,"
                    + "\"replayed_location\":67108960,\"replayed_timestamp\":null,\"paused\":false},\"timeline\":3,"
                    + "\"pause\":true,\"watchdog_failed\":true,\"sync_standby\":true,\"pending_restart\":true,"
                    + "\"replication_state\":\"streaming\",\"patroni\":{\"version\":\"2.0.1\",\"scope\":\"demo\"}}");

    @Property
    void cluster(@ForAll("clusters") byte[] body) {
        read(body, PatroniJson::cluster);
    }

    @Property
    void node(@ForAll("nodes") byte[] body) {
        read(body, PatroniJson::node);
    }

    @Property
    void history(@ForAll("histories") byte[] body) {
        read(body, PatroniJson::history);
    }

    @Property
    void config(@ForAll("configs") byte[] body) {
        read(body, PatroniJson::config);
    }

    @Provide
    Arbitrary<byte[]> clusters() {
        return MutatedJson.of(CLUSTERS);
    }

    @Provide
    Arbitrary<byte[]> nodes() {
        return MutatedJson.of(NODES);
    }

    @Provide
    Arbitrary<byte[]> histories() {
        return MutatedJson.of(List.of(
                "[]",
                "[[1,67381760,\"no recovery target specified\",\"2026-11-24T01:40:00+00:00\",\"n\"],"
                        + "[2,67381760,\"before 2000\",\"2026-11-24T01:40:00.123456+00:00\"],[3,1,\"x\"]]"));
    }

    @Provide
    Arbitrary<byte[]> configs() {
        return MutatedJson.of(
                List.of(
                        RealAnswers.body("/config"),
                        "{\"ttl\":30,\"synchronous_mode\":\"quorum\",\"pause\":true,"
                                + "\"standby_cluster\":{\"host\":\"h\",\"port\":5432},\"failsafe_mode\":false,\"slots\":{\"a\":null}}"));
    }

    private interface Reading {
        Object read(JsonNode tree) throws PatroniJson.NotPatroni;
    }

    private static void read(byte[] body, Reading reading) {
        try {
            var unused = reading.read(PatroniJson.tree(body));
        } catch (PatroniJson.NotPatroni refused) {
            if (refused.getMessage() == null || refused.getMessage().lines().count() != 1) {
                throw new AssertionError("not one line: " + refused.getMessage(), refused);
            }
        }
    }
}
