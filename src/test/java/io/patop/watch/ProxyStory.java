package io.patop.watch;

import io.patop.cluster.Failure;
import io.patop.haproxy.AdminLevel;
import io.patop.haproxy.ProcessInfo;
import io.patop.haproxy.ProxyView;
import io.patop.haproxy.ServerState;
import io.patop.haproxy.StatRow;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an HAProxy tells in a story: a frontend, and two backends with the three members. */
public final class ProxyStory {

    /** How it is asked. */
    public static final String NAME = "tcp://haproxy:7001";

    private final List<StatRow> rows = new ArrayList<>();
    private final List<ServerState> states = new ArrayList<>();
    private long uptime = 100;
    private AdminLevel level = AdminLevel.ADMIN;

    /** The backend {@code one}, serving the leader, and {@code two}, serving replicas. */
    public static ProxyStory of(String upInOne, String upInTwo) {
        ProxyStory story = new ProxyStory().row("one", "FRONTEND", "0", "OPEN", Map.of());
        for (String name : List.of("a", "b", "c")) {
            story.server("one", name, upInOne.contains(name) ? "UP" : "DOWN");
        }
        story.row("one", "BACKEND", "1", "UP", Map.of());
        for (String name : List.of("a", "b", "c")) {
            story.server("two", name, upInTwo.contains(name) ? "UP" : "DOWN");
        }
        return story.row("two", "BACKEND", "1", "UP", Map.of());
    }

    /** A server, or in place of the one of that name. */
    public ProxyStory server(String backend, String name, String status) {
        return server(backend, name, status, Map.of());
    }

    public ProxyStory server(String backend, String name, String status, Map<String, String> more) {
        boolean up = status.startsWith("UP");
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "weight", "10", "scur", "1", "check_status", up ? "L7OK" : "L7STS", "check_code", up ? "200" : "503"));
        fields.putAll(more);
        return row(backend, name, "2", status, fields);
    }

    private ProxyStory row(String proxy, String service, String type, String status, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("pxname", proxy);
        fields.put("svname", service);
        fields.put("status", status);
        fields.put("type", type);
        fields.putAll(more);
        StatRow row = new StatRow(fields);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(row.key())) {
                rows.set(i, row);
                return this;
            }
        }
        rows.add(row);
        return this;
    }

    public ProxyStory up(long seconds) {
        uptime = seconds;
        return this;
    }

    public ProxyStory level(AdminLevel other) {
        level = other;
        return this;
    }

    public Observation at(ReducerStory told) {
        return at(told, NAME);
    }

    public Observation at(ReducerStory told, String name) {
        ProcessInfo info = new ProcessInfo(Map.of("Version", "2.6.12-1", "Uptime_sec", "" + uptime, "Pid", "8"));
        return new Observation.ProxyAnswered(
                told.now(),
                name,
                Duration.ofMillis(2),
                new ProxyView(rows, level == AdminLevel.NONE ? Optional.empty() : Optional.of(info), states, level));
    }

    public static Observation silent(ReducerStory told) {
        return new Observation.ProxyFailed(
                told.now(), NAME, new Failure(Failure.Kind.REFUSED, "HAProxy " + NAME + ": connection refused"));
    }

    /** Told once a second for so long. */
    public void goesOn(ReducerStory told, int seconds) {
        for (int i = 0; i < seconds; i++) {
            told.seconds(1).tell(at(told));
        }
    }
}
