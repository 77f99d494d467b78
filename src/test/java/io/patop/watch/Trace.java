package io.patop.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.cluster.Failure;
import io.patop.patroni.PatroniJson;
import io.patop.watch.model.Observation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A recorded real failover, as the observations that patop's own sources would have made of it: each tick one
 * {@code /cluster} of one live node, moved on when it fails, and each node's {@code /patroni}.
 *
 * <p>The time of a tick is that of its beginning, and its requests were made one after another: in both recordings a tick
 * begins 0.500 s after the last answer of the one before (the median, and the 2.2 s between 75.5 and 77.7 s too).
 *
 * <p>{@code sigkill.jsonl} ends with the tail of a second recorder of the same failover: its times start
 * again. A recording is read up to where its time goes backwards.
 */
public final class Trace {

    public static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final List<JsonNode> lines = new ArrayList<>();

    private Trace() {}

    public static Trace read(String name) {
        Trace trace = new Trace();
        JsonMapper mapper = new JsonMapper();
        try (InputStream file = Trace.class.getResourceAsStream("/traces/" + name + ".jsonl.gz");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            double last = -1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode tick = mapper.readTree(line);
                if (tick.path("t").doubleValue() <= last) {
                    break;
                }
                last = tick.path("t").doubleValue();
                trace.lines.add(tick);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return trace;
    }

    public List<Observation> observations() {
        List<Observation> observations = new ArrayList<>();
        String via = "patroni1";
        for (JsonNode tick : lines) {
            List<String> nodes = List.of("patroni1", "patroni2", "patroni3");
            if (tick.path(via + "/cluster").has("error")) {
                observations.add(new Observation.ClusterFailed(
                        answeredAt(tick, via + "/cluster"), url(via), failure(tick.path(via + "/cluster"))));
                via = nodes.stream()
                        .filter(node -> !tick.path(node + "/cluster").has("error"))
                        .findFirst()
                        .orElse(via);
            }
            clusterOf(tick, via).ifPresent(observations::add);
            for (String node : nodes) {
                observations.add(nodeOf(tick, node));
            }
        }
        return observations;
    }

    private static Optional<Observation> clusterOf(JsonNode tick, String node) {
        JsonNode answer = tick.path(node + "/cluster");
        try {
            return answer.has("error")
                    ? Optional.empty()
                    : Optional.of(new Observation.ClusterAnswered(
                            answeredAt(tick, node + "/cluster"),
                            url(node),
                            took(answer),
                            PatroniJson.cluster(answer.path("body"))));
        } catch (IOException notPatroni) {
            throw new UncheckedIOException(notPatroni);
        }
    }

    private static Observation nodeOf(JsonNode tick, String node) {
        JsonNode answer = tick.path(node + "/patroni");
        Instant at = answeredAt(tick, node + "/patroni");
        try {
            return answer.has("error")
                    ? new Observation.NodeFailed(at, node, url(node), failure(answer))
                    : new Observation.NodeAnswered(
                            at, node, url(node), took(answer), PatroniJson.node(answer.path("body")));
        } catch (IOException notPatroni) {
            throw new UncheckedIOException(notPatroni);
        }
    }

    /** When that request of the tick was over. */
    private static Instant answeredAt(JsonNode tick, String request) {
        Instant at = START.plusMillis(Math.round(tick.path("t").doubleValue() * 1000));
        for (Map.Entry<String, JsonNode> each : tick.properties()) {
            at = at.plus(took(each.getValue()));
            if (each.getKey().equals(request)) {
                return at;
            }
        }
        throw new IllegalArgumentException(request + " is not in the tick");
    }

    private static Failure failure(JsonNode answer) {
        String error = answer.path("error").asText();
        return new Failure(error.contains("refused") ? Failure.Kind.REFUSED : Failure.Kind.UNRESOLVED, error);
    }

    private static Duration took(JsonNode answer) {
        return Duration.ofNanos(Math.round(answer.path("ms").doubleValue() * 1_000_000));
    }

    private static URI url(String node) {
        return URI.create("http://" + node + ":8091");
    }
}
