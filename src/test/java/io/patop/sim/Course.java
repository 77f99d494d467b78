package io.patop.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
final class Course {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP = Duration.ofMillis(500);

    final Simulation world;
    private final RestApi api;
    private final List<Poll> polls = new ArrayList<>();

    /** What one poll saw: the first /cluster that was answered, and each node's /patroni. */
    record Poll(double seconds, Optional<JsonNode> cluster, TreeMap<String, JsonNode> status) {}

    Course(Options options) throws SimulationException {
        this.world = new Simulation(options, java.time.Instant.parse("2026-11-24T00:00:00Z"));
        this.api = new RestApi(world);
    }

    List<Poll> polls() {
        return polls;
    }

    double seconds() {
        return world.elapsed().toMillis() / 1000.0;
    }

    /** Lets time pass, polling. */
    Course run(double seconds) {
        double end = seconds() + seconds;
        while (seconds() < end - 0.001) {
            poll();
            world.advance(STEP);
        }
        return this;
    }

    Course fault(String text) throws SimulationException {
        world.apply(Fault.parse(text));
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

    CompletableFuture<Reply> ask(String node, String method, String target) {
        return api.ask(world.node(node), Request.of(method, target, Optional.empty()));
    }

    CompletableFuture<Reply> ask(String node, String method, String target, String body) {
        return api.ask(world.node(node), Request.of(method, target, Optional.of(body)));
    }

    /** The answer's JSON, if it is there already. */
    static Optional<JsonNode> json(CompletableFuture<Reply> reply) {
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
