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

/** The Engine API's JSON, read into records. Fields that are missing or new do no harm. */
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
        List<Service> services = new ArrayList<>();
        json.forEach(each -> services.add(service(each)));
        return services;
    }

    static Service service(JsonNode json) {
        JsonNode spec = json.path("Spec");
        JsonNode replicated = spec.path("Mode").path("Replicated");
        Optional<Integer> desired =
                replicated.isObject() ? Optional.of(replicated.path("Replicas").asInt(1)) : Optional.empty();
        JsonNode running = json.path("ServiceStatus").path("RunningTasks");
        return new Service(
                json.path("ID").asText(""),
                spec.path("Name").asText(""),
                desired,
                running.isInt() ? Optional.of(running.intValue()) : Optional.empty(),
                image(spec.path("TaskTemplate")
                        .path("ContainerSpec")
                        .path("Image")
                        .asText("")));
    }

    static List<Task> tasks(JsonNode json) {
        List<Task> tasks = new ArrayList<>();
        json.forEach(each -> tasks.add(task(each)));
        return tasks;
    }

    static List<Container> containers(JsonNode json) {
        List<Container> containers = new ArrayList<>();
        json.forEach(each -> containers.add(container(each)));
        return containers;
    }

    private static Task task(JsonNode json) {
        JsonNode status = json.path("Status");
        Set<String> addresses = new HashSet<>();
        for (JsonNode network : json.path("NetworksAttachments")) {
            network.path("Addresses").forEach(address -> addresses.add(withoutPrefix(address.asText(""))));
        }
        return new Task(
                json.path("ID").asText(""),
                json.path("ServiceID").asText(""),
                json.path("Slot").asInt(0),
                status.path("State").asText("unknown"),
                json.path("DesiredState").asText("unknown"),
                status.path("Err").asText(""),
                time(status.path("Timestamp").asText("")),
                Optional.of(status.path("ContainerStatus").path("ContainerID").asText(""))
                        .filter(id -> !id.isEmpty()),
                addresses);
    }

    private static Container container(JsonNode json) {
        Map<String, String> addresses = new HashMap<>();
        json.path("NetworkSettings").path("Networks").properties().forEach(network -> {
            String address = network.getValue().path("IPAddress").asText("");
            if (!address.isEmpty()) {
                addresses.put(network.getKey(), address);
            }
        });
        JsonNode labels = json.path("Labels");
        return new Container(
                json.path("Id").asText(""),
                json.path("Names").path(0).asText("").replaceFirst("^/", ""),
                json.path("State").asText("unknown"),
                json.path("Status").asText(""),
                text(labels.path("com.docker.swarm.task.id")),
                text(labels.path("com.docker.compose.service")),
                addresses);
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
