package io.patop.sim.rest;

import io.patop.sim.core.ClusterJson;
import io.patop.sim.core.DcsView;
import io.patop.sim.core.HealthCheck;
import io.patop.sim.core.Node;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.StatusJson;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The nodes' REST API without its sockets: answers a request, perhaps after some simulated time. It routes as api.py
 * does, by the method and the first part of the path; a path without a route is a health check.
 */
public final class RestApi {
    private static final Set<String> READS_3 =
            Set.of("liveness", "readiness", "patroni", "cluster", "history", "config", "metrics", "failsafe");
    private static final Set<String> READS_2 =
            Set.of("liveness", "readiness", "patroni", "cluster", "history", "config");

    private static final long QUERY_RETRY = 1000;

    private final Simulation world;
    private final RestWrites writes;
    private final StatusJson status;
    private final ClusterJson cluster;

    public RestApi(Simulation world) {
        this.world = world;
        this.writes = new RestWrites(world);
        this.status = new StatusJson(world);
        this.cluster = new ClusterJson(world.options().scope());
    }

    /** Returns the node's reply; a frozen node gives none until it is thawed. */
    public CompletableFuture<Reply> ask(Node node, Request request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        if (node.isFrozen()) {
            node.after(0, () -> answer(node, request, reply));
        } else {
            answer(node, request, reply);
        }
        return reply;
    }

    private void answer(Node node, Request request, CompletableFuture<Reply> reply) {
        switch (request.method()) {
            case "GET" -> get(node, request, reply);
            case "HEAD" -> {
                if (node.version.isAtLeast3()) {
                    reply.complete(Reply.status(check(node).code(request)));
                } else {
                    reply.complete(unsupported(request));
                }
            }
            case "OPTIONS" -> reply.complete(Reply.status(check(node).code(request)));
            case "POST", "PUT", "PATCH", "DELETE" -> {
                if (!writes.answer(node, request, reply)) {
                    reply.complete(unsupported(request));
                }
            }
            default -> reply.complete(unsupported(request));
        }
    }

    private static Reply unsupported(Request request) {
        return Reply.error(501, Optional.of("Unsupported method ('" + request.method() + "')"));
    }

    private HealthCheck check(Node node) {
        return new HealthCheck(node, status.of(node));
    }

    private void get(Node node, Request request, CompletableFuture<Reply> reply) {
        String route = request.firstSegment();
        Set<String> routes = node.version.isAtLeast3() ? READS_3 : READS_2;
        switch (routes.contains(route) ? route : "") {
            case "liveness" -> reply.complete(Reply.status(check(node).liveness()));
            case "readiness" -> reply.complete(Reply.status(check(node).readiness()));
            case "patroni" -> patroni(node, reply);
            case "cluster" -> withDcs(node, reply, () -> readCluster(node, reply));
            case "history" -> withView(node, reply, view -> Reply.json(200, view.history()));
            case "config" -> withView(node, reply, view -> Reply.json(200, view.config()));
            case "metrics" -> reply.complete(Reply.plain(MetricsText.of(world, node)));
            case "failsafe" ->
                reply.complete(node.view
                        .flatMap(DcsView::failsafe)
                        .map(members -> Reply.json(200, members))
                        .orElseGet(() -> Reply.error(502, Optional.empty())));
            default -> reply.complete(Reply.json(check(node).code(request), status.of(node)));
        }
    }

    /**
     * Answers {@code GET /patroni}. Releases before 4 query a PostgreSQL that just died once more, a second later.
     */
    private void patroni(Node node, CompletableFuture<Reply> reply) {
        boolean justDied = !node.postgres.running && node.postgres.state.equals("running");
        if (justDied && !node.version.isAtLeast4()) {
            node.after(QUERY_RETRY, () -> reply.complete(Reply.json(200, status.of(node))));
        } else {
            reply.complete(Reply.json(200, status.of(node)));
        }
    }

    /**
     * Answers {@code GET /cluster}. A node that is silently cut off from the DCS still believes its cache until the
     * HA loop finds out.
     */
    private void readCluster(Node node, CompletableFuture<Reply> reply) {
        if (world.reachesDcs(node)) {
            node.view = Optional.of(world.dcs().view());
            node.dcsLastSeen = world.now();
        }
        reply.complete(Reply.json(200, cluster.of(node.view.orElseThrow(), node.version)));
    }

    private void withView(
            Node node, CompletableFuture<Reply> reply, java.util.function.Function<DcsView, Reply> answer) {
        if (node.view.isPresent()) {
            reply.complete(answer.apply(node.view.orElseThrow()));
        } else {
            withDcs(node, reply, () -> {
                node.view = Optional.of(world.dcs().view());
                reply.complete(answer.apply(node.view.orElseThrow()));
            });
        }
    }

    /**
     * Runs {@code answer} if the DCS can be reached; otherwise the request hangs for retry_timeout and is dropped
     * without an answer.
     */
    private void withDcs(Node node, CompletableFuture<Reply> reply, Runnable answer) {
        boolean quietlyCut = world.dcs().isUp() && node.view.isPresent();
        if (world.reachesDcs(node) || quietlyCut) {
            answer.run();
            return;
        }
        node.after(world.retryTimeout(node), () -> {
            if (world.reachesDcs(node)) {
                answer.run();
            } else {
                node.view = Optional.empty();
                reply.complete(new Reply.Dropped());
            }
        });
    }
}
