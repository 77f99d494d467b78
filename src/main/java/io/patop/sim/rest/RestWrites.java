package io.patop.sim.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.ClusterJson;
import io.patop.sim.core.DcsView;
import io.patop.sim.core.Node;
import io.patop.sim.core.NodeActions;
import io.patop.sim.core.ServerVersion;
import io.patop.sim.core.Simulation;
import io.patop.sim.http.JsonDump;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The REST API's commands except failover and switchover: configuration, restart, reinitialize, reload. */
final class RestWrites {
    private final Simulation world;
    private final RestFailover failover;

    RestWrites(Simulation world) {
        this.world = world;
        this.failover = new RestFailover(world);
    }

    /** Answers the request; returns false if there is no such route. */
    boolean answer(Node node, Request request, CompletableFuture<Reply> reply) {
        switch (request.method() + ' ' + request.firstSegment()) {
            case "PATCH config" -> patchConfig(node, request, reply);
            case "PUT config" -> putConfig(request, reply);
            case "POST reload" -> reply.complete(Reply.sentence(202, "reload scheduled"));
            case "POST restart" -> restart(node, request, reply);
            case "DELETE restart" -> deleteRestart(node, reply);
            case "POST reinitialize" -> reinitialize(node, request, reply);
            case "POST switchover" -> failover.ask(node, request, RestFailover.Action.SWITCHOVER, reply);
            case "POST failover" -> failover.ask(node, request, RestFailover.Action.FAILOVER, reply);
            case "DELETE switchover" -> failover.delete(reply);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Returns the request's JSON object; empty if a bad body has been answered with its code. */
    static Optional<ObjectNode> content(Request request, boolean optional, CompletableFuture<Reply> reply) {
        if (request.body().isEmpty() && !optional) {
            reply.complete(Reply.error(411, Optional.empty()));
            return Optional.empty();
        }
        String text = request.body().orElse("");
        if (text.isEmpty() && optional) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        Optional<ObjectNode> content = JsonDump.object(text).filter(body -> optional || !body.isEmpty());
        if (content.isEmpty()) {
            reply.complete(Reply.error(400, Optional.empty()));
        }
        return content;
    }

    private void patchConfig(Node node, Request request, CompletableFuture<Reply> reply) {
        content(request, false, reply).ifPresent(patch -> {
            ObjectNode config = world.dcs().view().config().deepCopy();
            merge(config, patch);
            world.dcs().putConfig(config);
            world.loop(node).wake();
            reply.complete(Reply.json(200, config));
        });
    }

    /** Does patch_config: objects are merged, null removes. */
    private static void merge(ObjectNode config, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            if (field.getValue().isNull()) {
                config.remove(name);
            } else if (field.getValue() instanceof ObjectNode inner) {
                if (!(config.get(name) instanceof ObjectNode)) {
                    config.putObject(name);
                }
                merge((ObjectNode) config.get(name), inner);
            } else {
                config.set(name, field.getValue());
            }
        }
    }

    private void putConfig(Request request, CompletableFuture<Reply> reply) {
        content(request, false, reply).ifPresent(config -> {
            world.dcs().putConfig(config);
            reply.complete(Reply.json(200, config));
        });
    }

    private void restart(Node node, Request request, CompletableFuture<Reply> reply) {
        Optional<ObjectNode> content = content(request, true, reply);
        if (content.isEmpty()) {
            return;
        }
        ObjectNode filter = content.orElseThrow();
        boolean scheduled = filter.has("schedule");
        if (world.isPaused() && scheduled) {
            reply.complete(Reply.sentence(500, "Can't schedule restart in the paused state"));
            return;
        }
        Optional<Reply> refusal = checkRestart(node, filter);
        if (refusal.isPresent()) {
            reply.complete(refusal.orElseThrow());
        } else if (scheduled) {
            reply.complete(scheduleRestart(node, filter));
        } else {
            restartNow(node, filter, reply);
        }
    }

    private Optional<Reply> checkRestart(Node node, ObjectNode filter) {
        for (Iterator<String> names = filter.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Optional<Reply> refusal =
                    switch (name) {
                        case "schedule" ->
                            Schedule.check(world, filter.path(name), "restart").refusal();
                        case "role" -> checkRole(node, filter.path(name).asText());
                        case "postgres_version" ->
                            ServerVersion.parse(filter.path(name).asText()).isPresent()
                                    ? Optional.<Reply>empty()
                                    : Optional.of(Reply.sentence(
                                            400,
                                            "Invalid PostgreSQL version format: X.Y or X.Y.Z is" + " accepted: "
                                                    + filter.path(name).asText()));
                        case "timeout" ->
                            filter.path(name).asDouble() > 0
                                    ? Optional.<Reply>empty()
                                    : Optional.of(
                                            Reply.sentence(400, "Timeout should be a positive number of seconds"));
                        case "restart_pending" -> Optional.<Reply>empty();
                        default ->
                            Optional.of(Reply.sentence(400, "Unknown filter for the scheduled restart: " + name));
                    };
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Reply> checkRole(Node node, String role) {
        boolean known =
                switch (node.version) {
                    case V2_0_1 -> role.equals("master") || role.equals("replica");
                    case V3_0_2 -> role.equals("master") || role.equals("primary") || role.equals("replica");
                    case V4_1_4 -> role.equals("primary") || role.equals("standby_leader") || role.equals("replica");
                };
        String words =
                switch (node.version) {
                    case V2_0_1 -> "master or replica";
                    case V3_0_2 -> "primary or replica";
                    case V4_1_4 -> "primary, standby_leader, or replica";
                };
        return known ? Optional.empty() : Optional.of(Reply.sentence(400, "PostgreSQL role should be either " + words));
    }

    private Reply scheduleRestart(Node node, ObjectNode filter) {
        if (node.scheduledRestart.isPresent()) {
            return Reply.sentence(409, "Another restart is already scheduled");
        }
        ObjectNode restart = filter.deepCopy();
        Schedule.check(world, filter.path("schedule"), "restart")
                .time()
                .ifPresent(time -> restart.put("schedule", ClusterJson.isoFormat(time)));
        restart.put("postmaster_start_time", world.timestamp(node.postgres.startedAt));
        node.scheduledRestart = Optional.of(restart);
        touch(node);
        return Reply.sentence(202, "Restart scheduled");
    }

    private void restartNow(Node node, ObjectNode filter, CompletableFuture<Reply> reply) {
        NodeActions actions = world.loop(node).actions();
        if (!actions.matches(filter)) {
            reply.complete(Reply.sentence(503, "restart conditions are not satisfied"));
        } else if (node.action.isPresent()) {
            reply.complete(Reply.sentence(503, node.action.orElseThrow() + " already in progress"));
        } else {
            actions.restart(done -> reply.complete(
                    done ? Reply.sentence(200, "restarted successfully") : Reply.sentence(503, "restart failed")));
            touch(node);
        }
    }

    private void deleteRestart(Node node, CompletableFuture<Reply> reply) {
        if (node.scheduledRestart.isEmpty()) {
            reply.complete(Reply.sentence(404, "no restarts are scheduled"));
            return;
        }
        node.scheduledRestart = Optional.empty();
        touch(node);
        reply.complete(Reply.sentence(200, "scheduled restart deleted"));
    }

    private void touch(Node node) {
        if (world.reachesDcs(node)) {
            world.loop(node).touch();
        }
    }

    private void reinitialize(Node node, Request request, CompletableFuture<Reply> reply) {
        Optional<ObjectNode> content = content(request, true, reply);
        if (content.isEmpty()) {
            return;
        }
        boolean force = content.orElseThrow().path("force").asBoolean(false);
        DcsView view = world.loop(node).load();
        if (view.isUnlocked()) {
            reply.complete(Reply.sentence(503, "Cluster has no leader, can not reinitialize"));
        } else if (view.isLeader(node.name)) {
            reply.complete(Reply.sentence(503, "I am the leader, can not reinitialize"));
        } else if (node.action.isPresent() && !force) {
            reply.complete(Reply.sentence(503, node.action.orElseThrow() + " already in progress"));
        } else {
            world.loop(node).actions().clone("reinitialize");
            touch(node);
            reply.complete(Reply.sentence(200, "reinitialize started"));
        }
    }
}
