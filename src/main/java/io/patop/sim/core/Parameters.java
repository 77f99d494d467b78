package io.patop.sim.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL's parameters of the dynamic configuration that need a restart: the values that each node runs with, and
 * so which of them wait for a restart.
 */
final class Parameters {
    /** Parameters that need a restart, with PostgreSQL's or Patroni's defaults. */
    private static final Map<String, String> NEED_RESTART = Map.of(
            "max_connections", "100",
            "max_worker_processes", "8",
            "max_prepared_transactions", "0",
            "max_locks_per_transaction", "64",
            "max_wal_senders", "10",
            "max_replication_slots", "10",
            "wal_level", "replica",
            "wal_log_hints", "on",
            "track_commit_timestamp", "off",
            "shared_buffers", "128MB");

    private static final List<String> NAMES =
            NEED_RESTART.keySet().stream().sorted().toList();

    private final Map<String, Map<String, String>> running = new HashMap<>();
    private final Map<String, ObjectNode> wanted = new HashMap<>();

    /** Compares the running values with the configuration, at each loop of the node. */
    void compare(Node node, ObjectNode config) {
        wanted.put(node.name, config);
        Map<String, String> values = running.computeIfAbsent(node.name, name -> valuesOf(config));
        node.postgres.pendingRestart.clear();
        for (String name : NAMES) {
            String now = values.getOrDefault(name, "");
            String then = valueOf(config, name);
            if (!now.equals(then)) {
                node.postgres.pendingRestart.put(name, new Postgres.PendingChange(now, then));
            }
        }
    }

    /** Takes the configured values as running, since PostgreSQL has started. */
    void restarted(Node node) {
        Optional.ofNullable(wanted.get(node.name)).ifPresent(config -> running.put(node.name, valuesOf(config)));
        node.postgres.pendingRestart.clear();
    }

    private static Map<String, String> valuesOf(ObjectNode config) {
        Map<String, String> values = new HashMap<>();
        NAMES.forEach(name -> values.put(name, valueOf(config, name)));
        return values;
    }

    private static String valueOf(ObjectNode config, String name) {
        JsonNode value = config.path("postgresql").path("parameters").path(name);
        if (value.isMissingNode() || value.isNull()) {
            return NEED_RESTART.getOrDefault(name, "");
        }
        return value.isBoolean() ? (value.asBoolean() ? "on" : "off") : value.asText();
    }
}
