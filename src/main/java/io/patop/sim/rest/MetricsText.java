package io.patop.sim.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.Node;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.StatusJson;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Writes {@code GET /metrics}, in the order, with the words and with the mistakes of 3.0.2 and 4.1. */
final class MetricsText {
    private final Simulation world;
    private final Node node;
    private final ObjectNode status;
    private final StringBuilder text = new StringBuilder();

    private MetricsText(Simulation world, Node node) {
        this.world = world;
        this.node = node;
        this.status = new StatusJson(world).of(node);
    }

    static String of(Simulation world, Node node) {
        MetricsText metrics = new MetricsText(world, node);
        metrics.write();
        return metrics.text.toString();
    }

    private void write() {
        boolean four = node.version.isAtLeast4();
        String role = status.path("role").asText();
        boolean primary = role.equals("master") || role.equals("primary");
        JsonNode xlog = status.path("xlog");
        gauge("version", "Patroni semver without periods.", node.version.padded());
        gauge(
                "postgres_running",
                "Value is 1 if Postgres is running, 0 otherwise.",
                flag(status.path("state").asText().equals("running")));
        gauge(
                "postmaster_start_time",
                "Epoch seconds since Postgres started.",
                node.postgres.running ? epoch(node.postgres.startedAt) : "0");
        if (!four) {
            gauge("master", "Value is 1 if this node is the leader, 0 otherwise.", flag(primary));
        }
        gauge("primary", "Value is 1 if this node is the leader, 0 otherwise.", flag(primary));
        counter(
                "xlog_location",
                "Current location of the Postgres transaction log, 0 if this node is not the leader.",
                number(xlog.path("location")));
        gauge("standby_leader", "Value is 1 if this node is the standby_leader, 0 otherwise.", "0");
        gauge("replica", "Value is 1 if this node is a replica, 0 otherwise.", flag(role.equals("replica")));
        gauge(
                "sync_standby",
                "Value is 1 if this node is a sync standby replica, 0 otherwise.",
                flag(status.has("sync_standby")));
        if (four) {
            gauge(
                    "quorum_standby",
                    "Value is 1 if this node is a quorum standby replica, 0 otherwise.",
                    flag(status.has("quorum_standby")));
        }
        counter(
                "xlog_received_location",
                "Current location of the received Postgres transaction log, 0 if this node is not a replica.",
                number(xlog.path("received_location")));
        counter(
                "xlog_replayed_location",
                "Current location of the replayed Postgres transaction log, 0 if this node is not a replica.",
                number(xlog.path("replayed_location")));
        gauge(
                "xlog_replayed_timestamp",
                "Current timestamp of the replayed Postgres transaction log, 0 if null.",
                node.postgres.inRecovery && node.postgres.replayedAt.isPresent()
                        ? epoch(node.postgres.replayedAt.orElseThrow())
                        : "0");
        gauge("xlog_paused", "Value is 1 if the Postgres xlog is paused, 0 otherwise.", "0");
        writeState(four);
    }

    private void writeState(boolean four) {
        if (four) {
            gauge(
                    "postgres_streaming",
                    "Value is 1 if Postgres is streaming, 0 otherwise.",
                    flag(status.path("replication_state").asText().equals("streaming")));
            gauge(
                    "postgres_in_archive_recovery",
                    "Value is 1 if Postgres is replicating from archive, 0 otherwise.",
                    "0");
        }
        help("postgres_server_version", "Version of Postgres (if running), 0 otherwise.", "gauge");
        text.append("patroni_postgres_server_version ")
                .append(labels())
                .append(' ')
                .append(number(status.path("server_version")))
                .append('\n');
        gauge(
                "cluster_unlocked",
                "Value is 1 if the cluster is unlocked, 0 if locked.",
                flag(status.path("cluster_unlocked").asBoolean()));
        gauge(
                "failsafe_mode_is_active",
                "Value is 1 if the cluster is unlocked, 0 if locked.",
                flag(status.path("failsafe_mode_is_active").asBoolean()));
        counter(
                "postgres_timeline",
                "Postgres timeline of this node (if running), 0 otherwise.",
                number(status.path("timeline")));
        gauge(
                "dcs_last_seen",
                "Epoch timestamp when DCS was last contacted successfully by Patroni.",
                number(status.path("dcs_last_seen")));
        gauge(
                "pending_restart",
                "Value is 1 if the node needs a restart, 0 otherwise.",
                flag(status.has("pending_restart")));
        gauge("is_paused", "Value is 1 if auto failover is disabled, 0 otherwise.", flag(status.has("pause")));
    }

    private void gauge(String name, String help, String value) {
        line(name, help, "gauge", value);
    }

    private void counter(String name, String help, String value) {
        line(name, help, "counter", value);
    }

    private void line(String name, String help, String type, String value) {
        help(name, help, type);
        text.append("patroni_")
                .append(name)
                .append(labels())
                .append(' ')
                .append(value)
                .append('\n');
    }

    private void help(String name, String help, String type) {
        text.append("# HELP patroni_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE patroni_").append(name).append(' ').append(type).append('\n');
    }

    private String labels() {
        String scope = "scope=\"" + world.options().scope() + '"';
        return node.version.isAtLeast4() ? "{" + scope + ",name=\"" + node.name + "\"}" : "{" + scope + "}";
    }

    private String epoch(long time) {
        Instant at = world.instant(time);
        return String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.get(ChronoField.MICRO_OF_SECOND));
    }

    private static String flag(boolean set) {
        return set ? "1" : "0";
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? value.asText() : "0";
    }
}
