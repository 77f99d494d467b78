package io.patop.sim.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.Node;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.StatusJson;
import io.patop.sim.http.ShippedText;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Writes {@code GET /metrics}, in the order, with the words and with the mistakes of 3.0.2 and 4.1. */
final class MetricsText {
    /** A metric a line: the only version that has it or -, type, name, description. */
    private static final List<String> METRICS = ShippedText.lines(MetricsText.class, "metrics.txt");

    private final Simulation world;
    private final Node node;
    private final ObjectNode status;

    private MetricsText(Simulation world, Node node) {
        this.world = world;
        this.node = node;
        this.status = new StatusJson(world).of(node);
    }

    static String of(Simulation world, Node node) {
        MetricsText metrics = new MetricsText(world, node);
        StringBuilder text = new StringBuilder();
        METRICS.forEach(line -> metrics.write(text, line.split(" ", 4)));
        return text.toString();
    }

    private void write(StringBuilder text, String... metric) {
        if (metric[0].equals(node.version.isAtLeast4() ? "3" : "4")) {
            return;
        }
        String name = metric[2];
        String gap = name.equals("postgres_server_version") ? " " : "";
        text.append(String.format(
                Locale.ROOT,
                "# HELP patroni_%s %s\n# TYPE patroni_%s %s\npatroni_%s%s%s %s\n",
                name,
                metric[3],
                name,
                metric[1],
                name,
                gap,
                labels(),
                value(name)));
    }

    private String value(String name) {
        String role = status.path("role").asText();
        JsonNode xlog = status.path("xlog");
        return switch (name) {
            case "version" -> node.version.padded();
            case "postgres_running" -> flag(status.path("state").asText().equals("running"));
            case "postmaster_start_time" -> node.postgres.running ? epoch(node.postgres.startedAt) : "0";
            case "master", "primary" -> flag(role.equals("master") || role.equals("primary"));
            case "replica" -> flag(role.equals("replica"));
            case "xlog_location", "xlog_received_location", "xlog_replayed_location" ->
                number(xlog.path(name.substring("xlog_".length())));
            case "xlog_replayed_timestamp" ->
                node.postgres.inRecovery && node.postgres.replayedAt.isPresent()
                        ? epoch(node.postgres.replayedAt.orElseThrow())
                        : "0";
            case "postgres_streaming" ->
                flag(status.path("replication_state").asText().equals("streaming"));
            case "postgres_server_version", "postgres_timeline" ->
                number(status.path(name.substring("postgres_".length())));
            case "dcs_last_seen" -> number(status.path(name));
            case "cluster_unlocked", "failsafe_mode_is_active" ->
                flag(status.path(name).asBoolean());
            case "sync_standby", "quorum_standby", "pending_restart" -> flag(status.has(name));
            case "is_paused" -> flag(status.has("pause"));
            default -> "0";
        };
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
