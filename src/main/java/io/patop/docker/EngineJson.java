package io.patop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the Engine API's JSON into records. Missing or new fields do no harm. */
final class EngineJson {

    private EngineJson() {}

    static EngineInfo info(JsonNode json) {
        JsonNode swarm = json.path("Swarm");
        return new EngineInfo(
                json.path("Name").asText(""),
                json.path("ServerVersion").asText(""),
                swarm.path("NodeID").asText(""),
                EngineInfo.Swarm.of(
                        swarm.path("LocalNodeState").asText(""),
                        swarm.path("ControlAvailable").asBoolean(false)));
    }

    static List<Service> services(JsonNode json) {
        return each(json, EngineJson::service);
    }

    static List<Task> tasks(JsonNode json) {
        return each(json, EngineJson::task);
    }

    static List<Container> containers(JsonNode json) {
        return each(json, EngineJson::container);
    }

    static List<Network> networks(JsonNode json) {
        return each(
                json,
                network -> new Network(
                        network.path("Id").asText(""),
                        network.path("Name").asText(""),
                        network.path("Driver").asText(""),
                        network.path("Scope").asText(""),
                        network.path("Attachable").asBoolean(false)));
    }

    /** Returns whether the answer is a list. */
    static boolean isList(JsonNode json) {
        return json.isArray() || json.isNull();
    }

    private static Service service(JsonNode json) {
        JsonNode spec = json.path("Spec");
        JsonNode template = spec.path("TaskTemplate");
        JsonNode replicated = spec.path("Mode").path("Replicated");
        JsonNode running = json.path("ServiceStatus").path("RunningTasks");
        Set<String> networks = new HashSet<>();
        template.path("Networks")
                .forEach(network -> networks.add(network.path("Target").asText("")));
        return new Service(
                json.path("ID").asText(""),
                spec.path("Name").asText(""),
                mode(spec.path("Mode")),
                replicated.isObject() ? Optional.of(replicated.path("Replicas").asInt(1)) : Optional.empty(),
                running.isInt() ? Optional.of(running.intValue()) : Optional.empty(),
                image(template.path("ContainerSpec").path("Image").asText("")),
                text(spec.path("Labels").path("com.docker.stack.namespace")),
                networks,
                each(json.path("Endpoint").path("Ports"), EngineJson::port),
                text(json.path("UpdateStatus").path("State")));
    }

    private static Service.Mode mode(JsonNode json) {
        if (json.has("Replicated")) {
            return Service.Mode.REPLICATED;
        }
        return json.has("Global") ? Service.Mode.GLOBAL : Service.Mode.JOB;
    }

    private static Service.Port port(JsonNode json) {
        return new Service.Port(
                json.path("PublishedPort").asInt(0),
                json.path("TargetPort").asInt(0),
                json.path("Protocol").asText("tcp"));
    }

    private static Task task(JsonNode json) {
        JsonNode status = json.path("Status");
        JsonNode slot = json.path("Slot");
        return new Task(
                json.path("ID").asText(""),
                json.path("ServiceID").asText(""),
                slot.asInt(0) > 0 ? Optional.of(slot.intValue()) : Optional.empty(),
                text(json.path("NodeID")),
                status.path("State").asText("unknown"),
                json.path("DesiredState").asText("unknown"),
                status.path("Message").asText(""),
                status.path("Err").asText(""),
                time(status.path("Timestamp").asText("")),
                text(status.path("ContainerStatus").path("ContainerID")),
                each(json.path("NetworksAttachments"), EngineJson::attachment));
    }

    private static Attachment attachment(JsonNode json) {
        JsonNode network = json.path("Network");
        Set<String> addresses = new HashSet<>();
        json.path("Addresses").forEach(address -> addresses.add(withoutPrefix(address.asText(""))));
        return new Attachment(
                network.path("ID").asText(""), network.path("Spec").path("Name").asText(""), addresses);
    }

    private static Container container(JsonNode json) {
        Map<String, String> addresses = new HashMap<>();
        Set<String> networks = new HashSet<>();
        json.path("NetworkSettings").path("Networks").properties().forEach(network -> {
            networks.add(network.getKey());
            text(network.getValue().path("IPAddress"))
                    .or(() -> text(network.getValue().path("GlobalIPv6Address")))
                    .ifPresent(address -> addresses.put(network.getKey(), address));
        });
        JsonNode labels = json.path("Labels");
        return new Container(
                json.path("Id").asText(""),
                json.path("Names").path(0).asText("").replaceFirst("^/", ""),
                json.path("Image").asText(""),
                json.path("State").asText("unknown"),
                json.path("Status").asText(""),
                text(labels.path("com.docker.swarm.task.id")),
                text(labels.path("com.docker.compose.project")),
                text(labels.path("com.docker.compose.service")),
                addresses,
                networks);
    }

    private static <T> List<T> each(JsonNode json, Function<JsonNode, T> reading) {
        List<T> all = new ArrayList<>();
        json.forEach(one -> all.add(reading.apply(one)));
        return all;
    }

    private static Optional<String> text(JsonNode json) {
        return json.isTextual() && !json.textValue().isEmpty() ? Optional.of(json.textValue()) : Optional.empty();
    }

    private static String image(String image) {
        int digest = image.indexOf('@');
        return digest < 0 ? image : image.substring(0, digest);
    }

    private static String withoutPrefix(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
