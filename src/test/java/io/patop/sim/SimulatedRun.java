package io.patop.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.sim.core.Node;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import io.patop.sim.rest.RestApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A simulation, polled through its REST API every half second of its time as the recorder of the real traces
 * did, and what each poll saw.
 */
public final class SimulatedRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final Simulation world;
    private final RestApi api;
    private final Duration step;
    private final List<Poll> polls = new ArrayList<>();

    /** What one poll saw: the first /cluster that was answered, and each node's /patroni. */
    public record Poll(double seconds, Optional<JsonNode> cluster, TreeMap<String, JsonNode> status) {}

    public SimulatedRun(SimulationOptions options) throws SimulationException {
        this(options, Duration.ofMillis(500));
    }

    public SimulatedRun(SimulationOptions options, Duration step) throws SimulationException {
        this.step = step;
        this.world = new Simulation(options, java.time.Instant.parse("2026-11-24T00:00:00Z"));
        this.api = new RestApi(world);
    }

    public List<Poll> polls() {
        return polls;
    }

    public double seconds() {
        return world.elapsed().toMillis() / 1000.0;
    }

    /** Lets time pass, polling. */
    public SimulatedRun run(double seconds) {
        double end = seconds() + seconds;
        while (seconds() < end - 0.001) {
            poll();
            world.advance(step);
        }
        return this;
    }

    public SimulatedRun fault(String text) throws SimulationException {
        new Faults(world).apply(SimulatedFault.parse(text));
        return this;
    }

    private void poll() {
        Optional<JsonNode> cluster = Optional.empty();
        TreeMap<String, JsonNode> status = new TreeMap<>();
        for (Node node : world.nodes()) {
            if (node.life == Node.Life.RUNNING) {
                json(ask(node.name, "GET", "/patroni")).ifPresent(body -> status.put(node.name, body));
                cluster = cluster.or(() -> json(ask(node.name, "GET", "/cluster")));
            }
        }
        polls.add(new Poll(seconds(), cluster, status));
    }

    /** What GET of this path is answered at once. */
    public JsonNode get(String node, String path) {
        return json(ask(node, "GET", path)).orElseThrow();
    }

    /** A member's row of /cluster as the named node tells it. */
    public JsonNode row(String asked, String member) {
        for (JsonNode row : get(asked, "/cluster").path("members")) {
            if (row.path("name").asText().equals(member)) {
                return row;
            }
        }
        return JSON.missingNode();
    }

    /** The code and the sentence of a command's answer, waiting for it in simulated time. */
    public String command(String node, String method, String target, String body) {
        CompletableFuture<Reply> reply = ask(node, method, target, body);
        for (int i = 0; i < 300 && !reply.isDone(); i++) {
            world.advance(Duration.ofMillis(100));
        }
        if (!reply.isDone()) {
            return "no answer";
        }
        return reply.join() instanceof Reply.Answer answer
                ? answer.code() + " " + answer.body()
                : reply.join().getClass().getSimpleName();
    }

    /** The code of a health check. */
    public int check(String node, String path) {
        Reply reply = ask(node, "OPTIONS", path).join();
        return reply instanceof Reply.StatusLine line ? line.code() : 0;
    }

    public CompletableFuture<Reply> ask(String node, String method, String target) {
        return api.ask(world.node(node), Request.of(method, target, Optional.empty()));
    }

    CompletableFuture<Reply> ask(String node, String method, String target, String body) {
        return api.ask(world.node(node), Request.of(method, target, Optional.of(body)));
    }

    /** The answer's JSON, if it is there already. */
    public static Optional<JsonNode> json(CompletableFuture<Reply> reply) {
        if (reply.isDone() && reply.join() instanceof Reply.Answer answer) {
            try {
                return Optional.of(JSON.readTree(answer.body()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return Optional.empty();
    }
}
