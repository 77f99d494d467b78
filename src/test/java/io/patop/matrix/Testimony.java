package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a witness beside patop wrote down of one fault: {@code src/test/cluster/truth.py}, the engine and HAProxy
 * themselves, and the test, that knows what it did.
 *
 * @param answers of the nodes' APIs, in the order in which they ended
 * @param keys changes of Patroni's keys in etcd
 * @param writes acknowledged ones, and failures
 * @param engine what Docker did to containers and services
 * @param engineSlow when Docker did not tell its services at once
 * @param proxy what HAProxy said of its servers
 * @param proxySlow when HAProxy did not answer at once
 * @param writable when a PostgreSQL was ready for writers, by its own log
 * @param streams when a standby's PostgreSQL began to stream, or ceased to, by its own log
 * @param deeds what the test did
 */
record Testimony(
        List<Answer> answers,
        List<KeyChange> keys,
        List<Write> writes,
        List<EngineEvent> engine,
        List<Span> engineSlow,
        List<ProxyChange> proxy,
        List<Span> proxySlow,
        List<Instant> writable,
        List<StreamChange> streams,
        List<Deed> deeds) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern READY = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d) (\\S+) UTC \\[\\d+\\] LOG: +database system is ready to accept connections");

    private static final Pattern STREAMS = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\S+) UTC \\[\\d+\\] "
            + "(?:(LOG: +(?:re)?started (?:streaming WAL|WAL streaming))|LOG: +replication terminated by primary|FATAL: +could not receive data"
            + " from WAL stream|FATAL: +terminating walreceiver)");
    private static final Pattern LOG_OF = Pattern.compile("patroni_(patroni\\d+)-.*");

    /**
     * A standby began to stream, or ceased to.
     *
     * @param at when
     * @param member which
     * @param begins which of the two
     */
    record StreamChange(Instant at, String member, boolean begins) {}

    /**
     * An answer of a node's API, or none.
     *
     * @param when from the request to the end of the answer
     * @param node which was asked
     * @param path for what
     * @param body the answer; empty where there was none
     */
    record Answer(Span when, String node, String path, Optional<JsonNode> body) {}

    /**
     * A key in etcd that was set or deleted.
     *
     * @param at when etcd said so
     * @param key without Patroni's namespace and scope
     * @param value what it was set to; empty where it was deleted
     * @param first whether it was there before the witness came
     */
    record KeyChange(Instant at, String key, Optional<JsonNode> value, boolean first) {}

    /**
     * An INSERT.
     *
     * @param to the node, or {@code haproxy}
     * @param when from its begin to its end
     * @param acknowledged whether the server said that it is done
     */
    record Write(String to, Span when, boolean acknowledged) {}

    /**
     * What Docker did.
     *
     * @param at when
     * @param what to whom, in a line
     */
    record EngineEvent(Instant at, String what) {}

    /**
     * HAProxy found a server up or down.
     *
     * @param when from the time at which it did not say so yet
     * @param backend the leader's or the replicas'
     * @param server the member
     * @param up which of the two
     * @param first whether it was so before the witness came
     */
    record ProxyChange(Span when, String backend, String server, boolean up, boolean first) {}

    /**
     * What was done to the cluster.
     *
     * @param at when it was begun
     * @param what in words
     */
    record Deed(Instant at, String what) {}

    static Testimony read(Path folder) throws IOException {
        List<Deed> deeds = new ArrayList<>();
        for (JsonNode line : parsed(new Tail(folder.resolve("deeds.jsonl")))) {
            deeds.add(new Deed(time(line, "at"), line.path("deed").asText()));
        }
        return new Testimony(
                answers(new Tail(folder.resolve("answers.jsonl"))),
                keys(new Tail(folder.resolve("keys.jsonl"))),
                writes(new Tail(folder.resolve("writes.jsonl"))),
                engine(folder),
                engineSlow(folder),
                proxy(folder),
                proxySlow(folder),
                writable(folder),
                streams(folder),
                deeds);
    }

    static List<Answer> answers(Tail lines) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (JsonNode line : parsed(lines)) {
            answers.add(new Answer(
                    span(line),
                    line.path("node").asText(),
                    line.path("path").asText(),
                    Optional.ofNullable(line.get("body"))));
        }
        return answers;
    }

    static List<KeyChange> keys(Tail lines) throws IOException {
        List<KeyChange> keys = new ArrayList<>();
        for (JsonNode line : parsed(lines)) {
            if (line.has("key")) {
                Optional<JsonNode> value =
                        line.path("deleted").asBoolean() ? Optional.empty() : Optional.of(line.get("value"));
                keys.add(new KeyChange(
                        time(line, "at"),
                        line.path("key").asText(),
                        value,
                        line.path("first").asBoolean()));
            }
        }
        return keys;
    }

    static List<Write> writes(Tail lines) throws IOException {
        List<Write> writes = new ArrayList<>();
        for (JsonNode line : parsed(lines)) {
            writes.add(new Write(line.path("to").asText(), span(line), !line.has("failed")));
        }
        return writes;
    }

    /** When the engine was asked for its services, where it refused or took longer than a second. */
    private static List<Span> engineSlow(Path folder) throws IOException {
        List<Span> slow = new ArrayList<>();
        for (JsonNode line : parsed(new Tail(folder.resolve("docker.jsonl")))) {
            Span asked = span(line);
            if (line.has("failed") || asked.length().toMillis() > 1000) {
                slow.add(asked);
            }
        }
        return slow;
    }

    private static List<EngineEvent> engine(Path folder) throws IOException {
        List<EngineEvent> events = new ArrayList<>();
        for (JsonNode line : parsed(new Tail(folder.resolve("engine.jsonl")))) {
            JsonNode actor = line.path("Actor").path("Attributes");
            events.add(new EngineEvent(
                    Instant.ofEpochSecond(0, line.path("timeNano").asLong()),
                    line.path("Action").asText() + " " + actor.path("name").asText() + " "
                            + actor.path("com.docker.swarm.service.name").asText()));
        }
        return events;
    }

    private static List<ProxyChange> proxy(Path folder) throws IOException {
        List<ProxyChange> changes = new ArrayList<>();
        JsonNode before = null;
        for (JsonNode line : parsed(new Tail(folder.resolve("proxy.jsonl")))) {
            if (line.has("slow")) {
                continue;
            }
            for (Map.Entry<String, JsonNode> server : line.path("up").properties()) {
                if (before == null || !server.getValue().equals(before.get(server.getKey()))) {
                    String[] names = server.getKey().split("/", 2);
                    changes.add(new ProxyChange(
                            span(line), names[0], names[1], server.getValue().asBoolean(), before == null));
                }
            }
            before = line.path("up");
        }
        return changes;
    }

    private static List<Span> proxySlow(Path folder) throws IOException {
        List<Span> slow = new ArrayList<>();
        for (JsonNode line : parsed(new Tail(folder.resolve("proxy.jsonl")))) {
            if (line.has("slow")) {
                slow.add(span(line));
            }
        }
        return slow;
    }

    /** Standbys are ready for read-only connections, and say so. */
    private static List<Instant> writable(Path folder) throws IOException {
        List<Instant> ready = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "patroni_patroni*.log")) {
            for (Path log : logs) {
                for (String line : Files.readAllLines(log)) {
                    Matcher matcher = READY.matcher(line);
                    if (matcher.find()) {
                        ready.add(Instant.parse(matcher.group(1) + "T" + matcher.group(2) + "Z"));
                    }
                }
            }
        }
        return ready;
    }

    private static List<StreamChange> streams(Path folder) throws IOException {
        List<StreamChange> changes = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "patroni_patroni*.log")) {
            for (Path log : logs) {
                Matcher service = LOG_OF.matcher(log.getFileName().toString());
                if (!service.matches()) {
                    continue;
                }
                for (String line : Files.readAllLines(log)) {
                    Matcher matcher = STREAMS.matcher(line);
                    if (matcher.find()) {
                        Instant at = Instant.parse(matcher.group(1) + "T" + matcher.group(2) + "Z");
                        changes.add(new StreamChange(at, service.group(1), matcher.group(3) != null));
                    }
                }
            }
        }
        return changes;
    }

    private static List<JsonNode> parsed(Tail lines) throws IOException {
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines.more()) {
            parsed.add(JSON.readTree(line));
        }
        return parsed;
    }

    private static Span span(JsonNode line) {
        return new Span(time(line, "began"), time(line, "ended"));
    }

    private static Instant time(JsonNode line, String name) {
        return Instant.ofEpochSecond(0, Math.round(line.path(name).asDouble() * 1e6) * 1000);
    }
}
