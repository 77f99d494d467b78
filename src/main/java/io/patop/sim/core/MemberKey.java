package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a node writes of itself into the DCS (touch_member in ha.py). {@code GET /cluster} is made of it, and is only
 * as fresh as the last run of the HA loop.
 */
final class MemberKey {
    private MemberKey() {}

    static ObjectNode of(Node node, boolean paused) {
        Postgres postgres = node.postgres;
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("conn_url", node.address.connUrl());
        data.put("api_url", node.address.apiUrl());
        data.put("state", postgres.state);
        data.put("role", node.roleWord());
        data.put("version", node.version.number());
        ObjectNode tags = node.effectiveTags();
        if (!tags.isEmpty()) {
            data.set("tags", tags);
        }
        putPendingRestart(data, node);
        boolean queried = node.action.isEmpty() || node.action.orElseThrow().equals("promote");
        if (queried && postgres.running) {
            putWal(data, node);
        }
        node.scheduledRestart.ifPresent(restart -> data.set("scheduled_restart", restart));
        if (paused) {
            data.put("pause", true);
        }
        return data;
    }

    static void putPendingRestart(ObjectNode data, Node node) {
        Map<String, Postgres.PendingChange> pending = node.postgres.pendingRestart;
        if (pending.isEmpty()) {
            return;
        }
        data.put("pending_restart", true);
        if (node.version.isAtLeast4()) {
            ObjectNode reason = data.putObject("pending_restart_reason");
            pending.forEach((parameter, change) -> reason.putObject(parameter)
                    .put("old_value", change.before())
                    .put("new_value", change.after()));
        }
    }

    private static void putWal(ObjectNode data, Node node) {
        Postgres postgres = node.postgres;
        data.put("xlog_location", postgres.reach());
        data.put("timeline", postgres.timeline);
        if (node.version.isAtLeast4() && postgres.inRecovery) {
            data.put("receive_lsn", postgres.reach());
            data.put("replay_lsn", postgres.position);
            if (postgres.streaming) {
                data.put("replication_state", "streaming");
            }
        }
    }
}
