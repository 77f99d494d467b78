package io.patop.sim.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.Swarm;
import io.patop.sim.http.JsonDump;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Docker Engine's API (1.41, as Debian 12's engine speaks it) as far as a dashboard needs it: what runs, and
 * scale, stop, start, kill, pause and unpause. The version in the path is ignored.
 */
public final class DockerApi {
    private static final Pattern PATH = Pattern.compile("(?:/v\\d+\\.\\d+)?/([^/]*)(?:/([^/]+))?(?:/([^/]+))?/?");

    private final Simulation world;
    private final Swarm swarm;
    private final DockerJson json;

    public DockerApi(Simulation world) {
        this.world = world;
        this.swarm = world.swarm();
        this.json = new DockerJson(world);
    }

    public Reply answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return error(404, "page not found");
        }
        String kind = path.group(1);
        String id = path.group(2) == null ? "" : path.group(2);
        String verb = path.group(3) == null ? "" : path.group(3);
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        return switch (kind) {
            case "_ping" -> answer(200, "text/plain; charset=utf-8", "OK");
            case "version" -> ok(json.version());
            case "info" -> ok(json.info());
            case "services" -> services(request, id, verb, get);
            case "tasks" -> tasks(request, id, get);
            case "containers" -> containers(request, id, verb, get);
            case "networks" -> get && id.isEmpty() ? ok(json.networks()) : networkNamed(id);
            case "images" -> image(id);
            case "nodes" -> get && id.isEmpty() ? ok(json.nodes()) : error(404, "node " + id + " not found");
            default -> error(404, "page not found");
        };
    }

    private static Reply ok(JsonNode tree) {
        return answer(200, "application/json", tree.toString() + "\n");
    }

    private static Reply empty(int code) {
        return answer(code, "text/plain", "");
    }

    private static Reply error(int code, String message) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("message", message);
        return answer(code, "application/json", tree + "\n");
    }

    private static Reply answer(int code, String type, String body) {
        String reason =
                switch (code) {
                    case 204 -> "No Content";
                    case 304 -> "Not Modified";
                    default -> Reply.reason(code);
                };
        Map<String, String> headers =
                Map.of("Api-Version", "1.41", "Docker-Experimental", "false", "Server", "Docker/20.10.24 (linux)");
        return new Reply.Answer(code, reason, headers, type, body);
    }

    /** Parses the {@code filters} of a request: name → values, one of which must match. */
    private static Map<String, Set<String>> filters(Request request) {
        Map<String, Set<String>> filters = new java.util.LinkedHashMap<>();
        JsonDump.object(request.query().getOrDefault("filters", "{}"))
                .ifPresent(tree -> tree.properties().forEach(field -> {
                    Set<String> values = new HashSet<>();
                    if (field.getValue() instanceof ArrayNode array) {
                        array.forEach(value -> values.add(value.asText()));
                    } else {
                        field.getValue().fieldNames().forEachRemaining(values::add);
                    }
                    filters.put(field.getKey(), values);
                }));
        return filters;
    }

    private static boolean fits(Map<String, Set<String>> filters, String name, String... actual) {
        Set<String> wanted = filters.get(name);
        if (wanted == null || wanted.isEmpty()) {
            return true;
        }
        for (String value : actual) {
            if (wanted.stream().anyMatch(want -> name.equals("name") ? value.contains(want) : value.equals(want))) {
                return true;
            }
        }
        return false;
    }

    private Reply services(Request request, String id, String verb, boolean get) {
        if (id.isEmpty()) {
            return get ? ok(serviceList(request)) : error(404, "page not found");
        }
        Optional<Swarm.Service> found = swarm.find(id);
        if (found.isEmpty()) {
            return error(404, "service " + id + " not found");
        }
        if (get && verb.isEmpty()) {
            return ok(json.service(found.orElseThrow(), false));
        }
        if (request.method().equals("POST") && verb.equals("update")) {
            return update(found.orElseThrow(), request);
        }
        return error(404, "page not found");
    }

    private ArrayNode serviceList(Request request) {
        Map<String, Set<String>> filters = filters(request);
        boolean status = List.of("true", "1").contains(request.query().getOrDefault("status", ""));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Swarm.Service service : swarm.services()) {
            if (fits(filters, "name", service.name)
                    && fits(filters, "id", service.id)
                    && fits(filters, "label", DockerJson.STACK_LABEL, DockerJson.STACK_LABEL + "=patroni")) {
                list.add(json.service(service, status));
            }
        }
        return list;
    }

    /**
     * Updates a service. The request must name the newest version, so that one of two concurrent updates is refused.
     */
    private Reply update(Swarm.Service service, Request request) {
        String version = request.query().getOrDefault("version", "");
        if (!version.matches("\\d{1,18}")) {
            return error(
                    400,
                    "invalid service version '" + version + "': strconv.ParseUint: parsing \"" + version
                            + "\": invalid syntax");
        }
        if (Long.parseLong(version) != service.version) {
            return error(500, "rpc error: code = Unknown desc = update out of sequence");
        }
        Optional<ObjectNode> spec = request.body().flatMap(JsonDump::object);
        if (spec.isEmpty()) {
            return error(400, "invalid JSON");
        }
        JsonNode replicas = spec.orElseThrow().path("Mode").path("Replicated").path("Replicas");
        if (!spec.orElseThrow().path("Name").asText().equals(service.name)) {
            return error(500, "rpc error: code = Unimplemented desc = renaming services is not supported");
        }
        service.spec = spec;
        long force = spec.orElseThrow().path("TaskTemplate").path("ForceUpdate").asLong();
        if (replicas.asInt(1) != service.replicas) {
            swarm.scale(service, Math.min(1, replicas.asInt(1)));
        } else {
            swarm.touch(service);
            if (force != service.forceUpdate && service.replicas > 0) {
                swarm.restart(service);
            }
        }
        service.forceUpdate = force;
        return ok(JsonNodeFactory.instance.objectNode().putNull("Warnings"));
    }

    private Reply tasks(Request request, String id, boolean get) {
        if (!get) {
            return error(404, "page not found");
        }
        Map<String, Set<String>> filters = filters(request);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Swarm.Service service : swarm.services()) {
            for (Swarm.Task task : service.tasks) {
                if (task.id.equals(id)) {
                    return ok(json.task(task));
                }
                if (fits(filters, "service", service.name, service.id)
                        && fits(filters, "name", task.name())
                        && fits(filters, "id", task.id)
                        && fits(filters, "desired-state", task.desired)) {
                    list.add(json.task(task));
                }
            }
        }
        return id.isEmpty() ? ok(list) : error(404, "task " + id + " not found");
    }

    private Reply containers(Request request, String id, String verb, boolean get) {
        if (get && id.equals("json")) {
            return ok(containerList(request));
        }
        Optional<Swarm.Task> found = swarm.container(id).filter(task -> !id.isEmpty());
        if (found.isEmpty()) {
            return error(404, "No such container: " + id);
        }
        Swarm.Task task = found.orElseThrow();
        if (get && verb.equals("json")) {
            return ok(json.inspected(task));
        }
        if (get && verb.equals("logs")) {
            return answer(200, "application/octet-stream", new ContainerLog(world, task).body(request));
        }
        if (!request.method().equals("POST")) {
            return error(404, "page not found");
        }
        return command(task, verb, request.query().getOrDefault("signal", "SIGKILL"));
    }

    private Reply command(Swarm.Task task, String verb, String signal) {
        boolean running = task.isRunning();
        switch (verb) {
            case "stop" -> {
                if (!running) {
                    return empty(304);
                }
                swarm.stop(task, "complete");
            }
            case "kill" -> {
                if (!running) {
                    return error(
                            409,
                            "Cannot kill container: " + task.containerId + ": Container " + task.containerId
                                    + " is not running");
                }
                if (signal.endsWith("TERM") || signal.endsWith("INT")) {
                    swarm.stop(task, "complete");
                } else {
                    swarm.kill(task);
                }
            }
            case "start" -> {
                if (running) {
                    return empty(304);
                }
                if (task.service.replicas > 0 && task.service.alive().isEmpty()) {
                    swarm.restart(task.service);
                }
            }
            case "restart" -> swarm.restart(task.service);
            case "pause", "unpause" -> {
                boolean pause = verb.equals("pause");
                if (!running || task.paused == pause) {
                    String state = !running ? "not running" : pause ? "already paused" : "not paused";
                    return error(409, "Container " + task.containerId + " is " + state);
                }
                swarm.setPaused(task, pause);
            }
            default -> {
                return error(404, "page not found");
            }
        }
        return empty(204);
    }

    private ArrayNode containerList(Request request) {
        Map<String, Set<String>> filters = filters(request);
        boolean all = List.of("true", "1").contains(request.query().getOrDefault("all", ""));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Swarm.Service service : swarm.services()) {
            for (Swarm.Task task : service.tasks) {
                boolean shown = all || task.isRunning() || filters.containsKey("status");
                if (shown
                        && !task.state.equals("starting")
                        && fits(filters, "name", "/" + task.name())
                        && fits(filters, "id", task.containerId)
                        && fits(filters, "status", DockerJson.containerState(task))
                        && fits(filters, "network", Swarm.NETWORK, swarm.networkId)
                        && fits(filters, "label", DockerJson.labelFilters(task))) {
                    list.add(json.container(task));
                }
            }
        }
        return list;
    }

    private static Reply image(String name) {
        return name.equals(DockerJson.IMAGE)
                ? ok(JsonNodeFactory.instance.objectNode().put("Id", "sha256:0").put("Os", "linux"))
                : error(404, "No such image: " + name);
    }

    private Reply networkNamed(String id) {
        return id.equals(Swarm.NETWORK) || id.equals(swarm.networkId)
                ? ok(json.networks().path(0))
                : error(404, "network " + id + " not found");
    }
}
