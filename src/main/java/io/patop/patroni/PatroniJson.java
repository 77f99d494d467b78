package io.patop.patroni;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import io.patop.cluster.Tags;
import io.patop.cluster.Timeline;
import io.patop.cluster.Wal;
import io.patop.cluster.Walsender;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Converts Patroni's JSON into the domain. It is made for 2.0.1 to 4.1 and for later versions: a field that is
 * missing, new or of another type never makes the rest unreadable; only a document that is not Patroni's at all is
 * refused.
 */
public final class PatroniJson {

    private PatroniJson() {}

    /** The document is not this endpoint's answer. The message says what it is instead. */
    public static final class NotPatroni extends IOException {
        NotPatroni(String message) {
            super(message);
        }
    }

    /** Reads any JSON document. */
    public static JsonNode tree(byte[] body) throws NotPatroni {
        JsonNode tree;
        try {
            tree = JsonTree.of(body);
        } catch (JsonProcessingException broken) {
            throw new NotPatroni(describe(body));
        } catch (IOException impossible) {
            throw new NotPatroni("cannot be read: " + impossible.getMessage());
        }
        if (tree.isMissingNode()) {
            throw new NotPatroni("the answer is empty");
        }
        return tree;
    }

    /** Reads {@code GET /cluster}. A member that is listed twice counts once. */
    public static ClusterView cluster(JsonNode tree) throws NotPatroni {
        if (!tree.path("members").isArray()) {
            throw new NotPatroni("JSON, but not Patroni's /cluster: it lists no members");
        }
        List<Member> members = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode member : tree.path("members")) {
            Optional<String> name = text(member, "name");
            if (name.isPresent() && names.add(name.get()) && members.size() < ClusterView.MOST_MEMBERS) {
                members.add(member(name.get(), member));
            }
        }
        int leftOut = names.size() - members.size();
        return new ClusterView(
                text(tree, "scope"),
                members,
                tree.path("pause").asBoolean(false),
                scheduledSwitchover(tree),
                Optional.of(leftOut).filter(count -> count > 0));
    }

    /** Reads {@code GET /patroni} and the bodies of the health checks. */
    public static NodeStatus node(JsonNode tree) throws NotPatroni {
        if (!tree.isObject() || !(tree.has("state") || tree.has("role") || tree.has("patroni"))) {
            throw new NotPatroni("JSON, but not Patroni's /patroni: it has neither state nor role");
        }
        JsonNode patroni = tree.path("patroni");
        return new NodeStatus(
                text(patroni, "name"),
                text(patroni, "scope"),
                text(patroni, "version"),
                integer(tree, "server_version")
                        .filter(number -> number >= 10_000 && number < 100_000_000)
                        .map(number -> new PostgresVersion(number.intValue())),
                Role.of(text(tree, "role").orElse("")),
                State.of(text(tree, "state").orElse("")),
                text(tree, "replication_state"),
                text(tree, "postmaster_start_time").map(PatroniTime::of),
                integer(tree, "timeline").flatMap(Timeline::of),
                wal(tree.path("xlog")),
                replication(tree.path("replication")),
                integer(tree, "dcs_last_seen").flatMap(PatroniJson::epoch),
                text(tree, "database_system_identifier"),
                tags(tree.path("tags")),
                pendingRestart(tree),
                scheduledRestart(tree),
                flags(tree));
    }

    /** Reads {@code GET /history}; an invalid entry is left out. */
    public static History history(JsonNode tree) throws NotPatroni {
        if (!tree.isArray()) {
            throw new NotPatroni("JSON, but not Patroni's /history: it is no list");
        }
        List<History.Entry> entries = new ArrayList<>();
        for (JsonNode entry : tree) {
            Optional<Timeline> timeline = integer(entry.path(0)).flatMap(Timeline::of);
            Optional<Long> lsn = integer(entry.path(1)).filter(bytes -> bytes >= 0);
            if (timeline.isPresent() && lsn.isPresent()) {
                entries.add(new History.Entry(
                        timeline.get(),
                        new Lsn(lsn.get()),
                        entry.path(2).asText(""),
                        nonEmpty(entry.path(3)).map(PatroniTime::of),
                        nonEmpty(entry.path(4))));
            }
        }
        return new History(entries);
    }

    /** Reads {@code GET /config}. */
    public static DynamicConfig config(JsonNode tree) throws NotPatroni {
        if (!tree.isObject()) {
            throw new NotPatroni("JSON, but not Patroni's /config: it is no object");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        tree.properties().forEach(entry -> values.put(entry.getKey(), JsonTree.plain(entry.getValue())));
        return new DynamicConfig(values);
    }

    private static Member member(String name, JsonNode json) {
        return new Member(
                name,
                Role.of(text(json, "role").orElse("")),
                State.of(text(json, "state").orElse("")),
                address(json),
                text(json, "api_url").flatMap(PatroniJson::url),
                integer(json, "timeline").flatMap(Timeline::of),
                lag(json.path("lag")),
                text(json, "lsn").flatMap(Lsn::parse),
                progress(json, "receive_lsn", "receive_lag"),
                progress(json, "replay_lsn", "replay_lag"),
                tags(json.path("tags")),
                pendingRestart(json),
                scheduledRestart(json));
    }

    private static Optional<PostgresAddress> address(JsonNode json) {
        long port = integer(json, "port").orElse((long) PostgresAddress.DEFAULT_PORT);
        return text(json, "host")
                .filter(host -> port >= 1 && port <= 65535)
                .map(host -> new PostgresAddress(host, (int) port));
    }

    /** Returns the URL; one without a host, as in patroni issue 2713, is left out. */
    private static Optional<URI> url(String text) {
        try {
            return Optional.of(ApiUrl.parse(text).base());
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static Lag lag(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Lag.NONE;
        }
        return integer(json).filter(bytes -> bytes >= 0).map(Lag::of).orElse(Lag.UNKNOWN);
    }

    private static Optional<Progress> progress(JsonNode json, String lsn, String lag) {
        if (!json.has(lsn) && !json.has(lag)) {
            return Optional.empty();
        }
        return Optional.of(new Progress(text(json, lsn).flatMap(Lsn::parse), lag(json.path(lag))));
    }

    private static Wal wal(JsonNode xlog) {
        return new Wal(
                position(xlog, "location"),
                position(xlog, "received_location"),
                position(xlog, "replayed_location"),
                xlog.path("paused").asBoolean(false),
                text(xlog, "replayed_timestamp")
                        .flatMap(text -> PatroniTime.of(text).time())
                        .map(OffsetDateTime::toInstant));
    }

    private static Optional<Lsn> position(JsonNode xlog, String field) {
        return integer(xlog, field).filter(bytes -> bytes >= 0).map(Lsn::new);
    }

    private static List<Walsender> replication(JsonNode json) {
        List<Walsender> senders = new ArrayList<>();
        for (JsonNode sender : json) {
            text(sender, "application_name")
                    .ifPresent(name -> senders.add(new Walsender(
                            name,
                            text(sender, "client_addr").orElse(""),
                            text(sender, "state").orElse(""),
                            text(sender, "sync_state").orElse(""))));
        }
        return senders;
    }

    private static Optional<Instant> epoch(long seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    private static Tags tags(JsonNode json) {
        Map<String, Object> values = new LinkedHashMap<>();
        json.properties().forEach(entry -> values.put(entry.getKey(), tag(entry.getValue())));
        return values.isEmpty() ? Tags.NONE : new Tags(values);
    }

    private static Object tag(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isNumber()) {
            return json.numberValue();
        }
        return json.isTextual() ? json.textValue() : json.toString();
    }

    private static Optional<PendingRestart> pendingRestart(JsonNode json) {
        if (!json.path("pending_restart").asBoolean(false)) {
            return Optional.empty();
        }
        List<PendingRestart.Change> changes = new ArrayList<>();
        json.path("pending_restart_reason")
                .properties()
                .forEach(entry -> changes.add(new PendingRestart.Change(
                        entry.getKey(),
                        entry.getValue().path("old_value").asText(""),
                        entry.getValue().path("new_value").asText(""))));
        return Optional.of(new PendingRestart(changes));
    }

    private static Optional<ScheduledRestart> scheduledRestart(JsonNode json) {
        JsonNode restart = json.path("scheduled_restart");
        return text(restart, "schedule")
                .map(at -> new ScheduledRestart(
                        PatroniTime.of(at),
                        restart.path("restart_pending").asBoolean(false),
                        text(restart, "role"),
                        text(restart, "postgres_version")));
    }

    private static Optional<ScheduledSwitchover> scheduledSwitchover(JsonNode json) {
        JsonNode switchover = json.path("scheduled_switchover");
        return text(switchover, "at")
                .map(at ->
                        new ScheduledSwitchover(PatroniTime.of(at), text(switchover, "from"), text(switchover, "to")));
    }

    private static NodeStatus.Flags flags(JsonNode json) {
        return new NodeStatus.Flags(
                json.path("cluster_unlocked").asBoolean(false),
                json.path("pause").asBoolean(false),
                json.path("failsafe_mode_is_active").asBoolean(false),
                json.path("sync_standby").asBoolean(false),
                json.path("quorum_standby").asBoolean(false),
                json.path("watchdog_failed").asBoolean(false));
    }

    /** Returns the text, also of a name or scope that YAML took for a number. */
    private static Optional<String> text(JsonNode json, String field) {
        return nonEmpty(json.path(field));
    }

    private static Optional<String> nonEmpty(JsonNode json) {
        return json.isValueNode() && !json.isNull()
                ? Optional.of(json.asText()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static Optional<Long> integer(JsonNode json, String field) {
        return integer(json.path(field));
    }

    private static Optional<Long> integer(JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToLong() ? Optional.of(json.longValue()) : Optional.empty();
    }

    private static String describe(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 64), java.nio.charset.StandardCharsets.UTF_8).strip();
        if (start.isEmpty()) {
            return "the answer is empty";
        }
        if (start.regionMatches(true, 0, "<!doctype", 0, 9) || start.regionMatches(true, 0, "<html", 0, 5)) {
            return "an HTML page, not Patroni's JSON";
        }
        return start.startsWith("{") || start.startsWith("[")
                ? "JSON that is broken off or malformed"
                : "not JSON, so not Patroni's REST API";
    }
}
