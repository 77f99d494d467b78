package io.patop.sim.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Returns the code of a health check (do_GET, do_GET_liveness and do_GET_readiness in api.py). The words in a path
 * decide, so that {@code /x-leader-y} is a check too.
 */
public final class HealthCheck {
    private static final Pattern SIZE = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*(B|kB|MB|GB|TB)?\\s*");
    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "kB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);

    private final Node node;
    private final ObjectNode status;
    private final boolean leads;

    public HealthCheck(Node node, ObjectNode status) {
        this.node = node;
        this.status = status;
        boolean pausedBlind = node.view.isEmpty() && status.has("pause");
        this.leads = pausedBlind ? isPrimary() : node.isLeader();
    }

    private boolean isPrimary() {
        return status.path("role").asText().equals(node.version.primaryWord());
    }

    public int code(Request request) {
        String path = request.path().equals("/") ? "/primary" : request.path();
        boolean replica = isReplica(request.query());
        if (contains(path, "standby_leader", "standby-leader")) {
            return code(false);
        }
        if (contains(path, "leader", "master", "primary", "read-write")) {
            return code(leads);
        }
        return code(isReadable(path, replica) && tagsFit(request.query()));
    }

    private boolean isReadable(String path, boolean replica) {
        if (path.contains("replica")) {
            return replica;
        }
        if (path.contains("read-only") && !contains(path, "sync", "quorum")) {
            return leads || replica;
        }
        if (path.contains("health")) {
            return status.path("state").asText().equals("running");
        }
        return node.view.isPresent() && isCommitCheck(path, replica);
    }

    private boolean isCommitCheck(String path, boolean replica) {
        boolean four = node.version.isAtLeast4();
        boolean sync = status.has("sync_standby");
        boolean quorum = status.has("quorum_standby");
        return switch (path) {
            case "/sync", "/synchronous" -> replica && sync;
            case "/async", "/asynchronous" -> replica && !sync && !quorum;
            case "/read-only-sync", "/read-only-synchronous" ->
                node.version.isAtLeast3() && (leads || (replica && sync));
            case "/quorum" -> four && replica && quorum;
            case "/read-only-quorum" -> four && (leads || (replica && (sync || quorum)));
            default -> false;
        };
    }

    private boolean isReplica(Map<String, String> query) {
        OptionalLong limit = bytes(query.getOrDefault("lag", ""));
        long known = node.view.map(DcsView::lsn).orElse(0L);
        long replayed = status.path("xlog").path("replayed_location").asLong();
        boolean lags = limit.isPresent() && known > replayed + limit.getAsLong();
        return !node.isTagged("noloadbalance")
                && !lags
                && !leads
                && status.path("role").asText().equals("replica")
                && status.path("state").asText().equals("running");
    }

    private boolean tagsFit(Map<String, String> query) {
        if (!node.version.isAtLeast3()) {
            return true;
        }
        ObjectNode tags = node.effectiveTags();
        return query.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("tag_"))
                .allMatch(entry -> Optional.ofNullable(tags.get(entry.getKey().substring(4)))
                        .map(JsonNode::asText)
                        .filter(entry.getValue()::equals)
                        .isPresent());
    }

    /** Returns 200, or 503 if the HA loop hangs, which never happens at a node that answers. */
    public int liveness() {
        return 200;
    }

    public int readiness() {
        boolean running = status.path("state").asText().equals("running");
        if (node.isLeader()) {
            return 200;
        }
        if (node.version.isAtLeast4()) {
            return code(running && node.postgres.streaming);
        }
        return code(running && node.view.isPresent());
    }

    private static boolean contains(String path, String... words) {
        for (String word : words) {
            if (path.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static int code(boolean good) {
        return good ? 200 : 503;
    }

    /** Parses {@code 16kB} or a plain number of bytes; anything else is no limit. */
    static OptionalLong bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long unit = UNITS.getOrDefault(matcher.group(2) == null ? "" : matcher.group(2), 1L);
        return OptionalLong.of((long) (Double.parseDouble(matcher.group(1)) * unit));
    }
}
