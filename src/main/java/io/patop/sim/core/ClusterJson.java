package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Writes {@code GET /cluster}: what the members wrote into the DCS, as a node of a version tells it (cluster_as_json
 * in utils.py).
 */
public final class ClusterJson {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");

    private final String scope;

    public ClusterJson(String scope) {
        this.scope = scope;
    }

    public ObjectNode of(DcsView view, SimulatedPatroni version) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode members = json.putArray("members");
        view.members().forEach((name, data) -> members.add(member(view, name, data, version)));
        if (view.isPaused()) {
            json.put("pause", true);
        }
        view.failover().filter(key -> key.scheduledAt().isPresent()).ifPresent(key -> {
            ObjectNode scheduled = json.putObject("scheduled_switchover");
            scheduled.put("at", isoFormat(key.scheduledAt().orElseThrow()));
            key.leader().ifPresent(leader -> scheduled.put("from", leader));
            key.candidate().ifPresent(candidate -> scheduled.put("to", candidate));
        });
        if (version.isAtLeast4()) {
            json.put("scope", scope);
        }
        return json;
    }

    private static ObjectNode member(DcsView view, String name, ObjectNode data, SimulatedPatroni version) {
        boolean leads = view.isLeader(name);
        ObjectNode member = JsonNodeFactory.instance.objectNode();
        member.put("name", name);
        member.put("role", role(view, name, version));
        String state = data.path("state").asText();
        boolean streams = version.isAtLeast4() && !leads && data.has("replication_state");
        member.put("state", streams ? data.path("replication_state").asText() : state);
        member.set("api_url", data.path("api_url"));
        URI connection = URI.create(data.path("conn_url").asText());
        member.put("host", connection.getHost()).put("port", connection.getPort());
        for (String optional : version.isAtLeast4() ? OPTIONAL_4 : OPTIONAL) {
            if (data.has(optional)) {
                member.set(optional, data.get(optional));
            }
        }
        if (!leads) {
            putLag(view, data, member, version);
        }
        return member;
    }

    private static final String[] OPTIONAL = {"timeline", "pending_restart", "scheduled_restart", "tags"};
    private static final String[] OPTIONAL_4 = {
        "timeline", "pending_restart", "pending_restart_reason", "scheduled_restart", "tags"
    };

    private static String role(DcsView view, String name, SimulatedPatroni version) {
        if (view.isLeader(name)) {
            return "leader";
        }
        boolean counts = !version.isAtLeast4() || view.isSynchronous();
        if (counts && view.sync().standbys().contains(name)) {
            return version.isAtLeast4() && view.isQuorum() ? "quorum_standby" : "sync_standby";
        }
        return "replica";
    }

    private static void putLag(DcsView view, ObjectNode data, ObjectNode member, SimulatedPatroni version) {
        if (version.isAtLeast4()) {
            putPosition(view, data, "receive_lsn", "receive_lag", member);
            putPosition(view, data, "replay_lsn", "replay_lag", member);
        }
        if (data.has("xlog_location")) {
            long position = data.path("xlog_location").asLong();
            member.put("lag", Math.max(0, view.lsn() - position));
            if (version.isAtLeast4()) {
                member.put("lsn", lsn(position));
            }
        } else {
            member.put("lag", "unknown");
            if (version.isAtLeast4()) {
                member.put("lsn", "unknown");
            }
        }
    }

    private static void putPosition(DcsView view, ObjectNode data, String key, String lagKey, ObjectNode member) {
        if (data.has(key)) {
            long position = data.path(key).asLong();
            member.put(lagKey, Math.max(0, view.lsn() - position));
            member.put(key, lsn(position));
        } else {
            member.put(lagKey, "unknown");
            member.put(key, "unknown");
        }
    }

    /** Returns a position as PostgreSQL writes it: {@code 0/4000060}. */
    public static String lsn(long position) {
        return String.format("%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
    }

    /**
     * Returns a time as Python's isoformat() writes it: microseconds only if there are any, always a numeric offset.
     */
    public static String isoFormat(OffsetDateTime time) {
        return time.format(time.getNano() == 0 ? SECONDS : MICROS) + time.format(OFFSET);
    }
}
