package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code GET /patroni}: what a node knows of itself at that moment (get_postgresql_status and
 * _write_status_response in api.py).
 */
public final class StatusJson {
    private final Simulation world;

    public StatusJson(Simulation world) {
        this.world = world;
    }

    public ObjectNode of(Node node) {
        ObjectNode json = postgresql(node);
        cluster(node, json);
        ObjectNode tags = node.effectiveTags();
        if (!tags.isEmpty()) {
            json.set("tags", tags);
        }
        if (!node.postgres.role.equals("uninitialized")) {
            json.put("database_system_identifier", world.systemIdentifier());
        }
        MemberKey.putPendingRestart(json, node);
        ObjectNode patroni = json.putObject("patroni");
        patroni.put("version", node.version.number())
                .put("scope", world.options().scope());
        if (node.version.isAtLeast4()) {
            patroni.put("name", node.name);
        }
        node.scheduledRestart.ifPresent(restart -> {
            ObjectNode shown = restart.deepCopy();
            shown.remove("postmaster_start_time");
            json.set("scheduled_restart", shown);
        });
        if (node.view.or(() -> node.ledView).filter(DcsView::isPaused).isPresent()) {
            json.put("pause", true);
        }
        return json;
    }

    /** The states in which PostgreSQL is asked. */
    private static final Set<String> ASKED = Set.of("running", "restarting", "starting");

    /** Returns PostgreSQL's part: what it answers, or that it does not answer. */
    private ObjectNode postgresql(Node node) {
        Postgres postgres = node.postgres;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!postgres.running || !ASKED.contains(postgres.state)) {
            json.put("state", postgres.state.equals("running") ? "unknown" : postgres.state);
            json.put("role", node.roleWord());
            return json;
        }
        json.put("state", postgres.state);
        json.put("postmaster_start_time", time(node, postgres.startedAt));
        json.put("role", postgres.inRecovery ? "replica" : node.version.primaryWord());
        json.put("server_version", ServerVersion.NUMBER);
        ObjectNode xlog = json.putObject("xlog");
        if (postgres.inRecovery) {
            xlog.put("received_location", postgres.received);
            xlog.put("replayed_location", postgres.position);
            if (postgres.replayedAt.isPresent()) {
                xlog.put("replayed_timestamp", time(node, postgres.replayedAt.orElseThrow()));
            } else {
                xlog.putNull("replayed_timestamp");
            }
            xlog.put("paused", false);
            putSync(node, json);
        } else {
            xlog.put("location", postgres.position);
        }
        json.put("timeline", postgres.timeline);
        if (node.version.isAtLeast4() && postgres.inRecovery && postgres.streaming) {
            json.put("replication_state", "streaming");
        }
        ArrayNode senders = senders(node);
        if (!senders.isEmpty()) {
            json.set("replication", senders);
        }
        return json;
    }

    private void cluster(Node node, ObjectNode json) {
        boolean unlocked = node.view.map(DcsView::isUnlocked).orElse(true);
        if (node.version.isAtLeast3()) {
            if (unlocked) {
                json.put("cluster_unlocked", true);
            }
            if (node.isFailsafeActive()) {
                json.put("failsafe_mode_is_active", true);
            }
            json.put("dcs_last_seen", world.epochSeconds(node.dcsLastSeen));
        } else if (node.postgres.running) {
            json.put("cluster_unlocked", unlocked);
        }
    }

    private static void putSync(Node node, ObjectNode json) {
        Optional<DcsView> view = node.view.filter(DcsView::isSynchronous);
        if (view.filter(seen -> seen.sync().standbys().contains(node.name)).isPresent()) {
            boolean quorum = view.orElseThrow().isQuorum() && node.version.isAtLeast4();
            json.put(quorum ? "quorum_standby" : "sync_standby", true);
        }
    }

    private String time(Node node, long time) {
        String text = world.timestamp(time);
        return node.version.isAtLeast3() ? text : text.substring(0, 23) + " UTC";
    }

    /** Returns pg_stat_get_wal_senders: the standbys that stream from this node. */
    private ArrayNode senders(Node node) {
        ArrayNode senders = JsonNodeFactory.instance.arrayNode();
        for (Node standby : world.nodes()) {
            boolean streams = standby.postgres.streaming
                    && standby.postgres.upstream.filter(node.name::equals).isPresent();
            if (streams && standby.life != Node.Life.STOPPED) {
                boolean named = node.postgres.synchronousStandbys.contains(standby.name);
                String state = !named ? "async" : quorum(node) ? "quorum" : "sync";
                senders.addObject()
                        .put("usename", "replicator")
                        .put("application_name", standby.name)
                        .put("client_addr", standby.address.host())
                        .put("state", "streaming")
                        .put("sync_state", state)
                        .put("sync_priority", named ? 1 : 0);
            }
        }
        return senders;
    }

    private static boolean quorum(Node node) {
        return node.view.filter(DcsView::isQuorum).isPresent();
    }
}
