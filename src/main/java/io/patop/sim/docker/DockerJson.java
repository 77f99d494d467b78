package io.patop.sim.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.Swarm;
import java.util.ArrayList;
import java.util.List;

/** Writes the JSON of the Docker Engine's objects, with the fields that clients read. */
final class DockerJson {
    static final String STACK_LABEL = "com.docker.stack.namespace";
    static final String IMAGE = "patop-stack:bookworm";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Simulation world;
    private final Swarm swarm;

    DockerJson(Simulation world) {
        this.world = world;
        this.swarm = world.swarm();
    }

    private String time(long millis) {
        return world.instant(millis).toString();
    }

    ObjectNode version() {
        ObjectNode json = NODES.objectNode();
        json.putObject("Platform").put("Name", "");
        json.put("Version", "20.10.24+dfsg1").put("ApiVersion", "1.41").put("MinAPIVersion", "1.12");
        json.put("Os", "linux").put("Arch", "amd64").put("KernelVersion", "6.1.0");
        return json;
    }

    ObjectNode info() {
        long running = swarm.services().stream()
                .filter(service -> service.running().isPresent())
                .count();
        long paused = swarm.services().stream()
                .filter(service -> service.running().filter(task -> task.paused).isPresent())
                .count();
        ObjectNode json = NODES.objectNode();
        json.put("ID", swarm.engineId).put("Name", "simulated").put("ServerVersion", "20.10.24+dfsg1");
        json.put("Containers", running).put("ContainersRunning", running - paused);
        json.put("ContainersPaused", paused).put("ContainersStopped", 0);
        json.put("OperatingSystem", "a simulated engine").put("OSType", "linux").put("NCPU", 2);
        ObjectNode state = json.putObject("Swarm");
        state.put("NodeID", swarm.nodeId).put("NodeAddr", "127.0.0.1").put("LocalNodeState", "active");
        state.put("ControlAvailable", true).put("Error", "").put("Nodes", 1).put("Managers", 1);
        return json;
    }

    ArrayNode nodes() {
        ArrayNode list = NODES.arrayNode();
        ObjectNode node = list.addObject();
        node.put("ID", swarm.nodeId);
        node.putObject("Version").put("Index", 9);
        node.putObject("Spec").put("Role", "manager").put("Availability", "active");
        node.putObject("Description").put("Hostname", "simulated");
        node.putObject("Status").put("State", "ready").put("Addr", "127.0.0.1");
        return list;
    }

    ArrayNode networks() {
        ArrayNode list = NODES.arrayNode();
        ObjectNode network = list.addObject();
        network.put("Name", Swarm.NETWORK).put("Id", swarm.networkId).put("Scope", "swarm");
        network.put("Driver", "overlay").put("Attachable", true);
        network.putObject("Labels").put(STACK_LABEL, "patroni");
        return list;
    }

    ObjectNode service(Swarm.Service service, boolean withStatus) {
        ObjectNode json = NODES.objectNode();
        json.put("ID", service.id);
        json.putObject("Version").put("Index", service.version);
        json.put("CreatedAt", time(service.createdAt)).put("UpdatedAt", time(service.updatedAt));
        ObjectNode spec = service.spec.map(ObjectNode::deepCopy).orElseGet(() -> spec(service));
        spec.withObject("/Mode").withObject("/Replicated").put("Replicas", service.replicas);
        json.set("Spec", spec);
        json.putObject("Endpoint").putObject("Spec").put("Mode", "dnsrr");
        if (withStatus) {
            ObjectNode status = json.putObject("ServiceStatus");
            status.put("RunningTasks", service.running().isPresent() ? 1 : 0);
            status.put("DesiredTasks", service.replicas).put("CompletedTasks", 0);
        }
        return json;
    }

    private ObjectNode spec(Swarm.Service service) {
        ObjectNode spec = NODES.objectNode();
        spec.put("Name", service.name);
        spec.putObject("Labels").put(STACK_LABEL, "patroni").put("com.docker.stack.image", IMAGE);
        ObjectNode template = spec.putObject("TaskTemplate");
        ObjectNode container = template.putObject("ContainerSpec");
        container.put("Image", IMAGE).put("Hostname", shortName(service));
        container.putObject("Labels").put(STACK_LABEL, "patroni");
        template.putObject("RestartPolicy").put("Condition", "none");
        ObjectNode network = template.putArray("Networks").addObject();
        network.put("Target", swarm.networkId).putArray("Aliases").add(shortName(service));
        template.put("ForceUpdate", service.forceUpdate).put("Runtime", "container");
        spec.putObject("Mode").putObject("Replicated").put("Replicas", service.replicas);
        spec.putObject("EndpointSpec").put("Mode", "dnsrr");
        return spec;
    }

    private static String shortName(Swarm.Service service) {
        return service.name.substring(service.name.indexOf('_') + 1);
    }

    ObjectNode task(Swarm.Task task) {
        ObjectNode json = NODES.objectNode();
        json.put("ID", task.id);
        json.putObject("Version").put("Index", task.service.version);
        json.put("CreatedAt", time(task.createdAt)).put("UpdatedAt", time(task.changedAt));
        json.putObject("Labels");
        json.putObject("Spec").putObject("ContainerSpec").put("Image", IMAGE);
        json.put("ServiceID", task.service.id).put("Slot", 1).put("NodeID", swarm.nodeId);
        ObjectNode status = json.putObject("Status");
        status.put("Timestamp", time(task.changedAt)).put("State", task.state);
        status.put("Message", task.isRunning() ? "started" : task.state);
        if (!task.error.isEmpty()) {
            status.put("Err", task.error);
        }
        status.putObject("ContainerStatus")
                .put("ContainerID", task.containerId)
                .put("PID", task.isRunning() ? 4711 : 0)
                .put("ExitCode", task.exitCode);
        status.putObject("PortStatus");
        json.put("DesiredState", task.desired);
        ObjectNode attachment = json.putArray("NetworksAttachments").addObject();
        ObjectNode network = attachment.putObject("Network");
        network.put("ID", swarm.networkId).putObject("Spec").put("Name", Swarm.NETWORK);
        attachment.putArray("Addresses").add(task.service.workload.address() + "/24");
        return json;
    }

    static String containerState(Swarm.Task task) {
        return !task.isRunning() ? "exited" : task.paused ? "paused" : "running";
    }

    private static List<String> labels(Swarm.Task task) {
        Swarm.Service service = task.service;
        return List.of(
                STACK_LABEL,
                "patroni",
                "com.docker.swarm.service.id",
                service.id,
                "com.docker.swarm.service.name",
                service.name,
                "com.docker.swarm.task",
                "",
                "com.docker.swarm.task.id",
                task.id,
                "com.docker.swarm.task.name",
                task.name());
    }

    /** Returns all {@code name} and {@code name=value} that a filter may match. */
    static String[] labelFilters(Swarm.Task task) {
        List<String> filters = new ArrayList<>();
        List<String> labels = labels(task);
        for (int i = 0; i < labels.size(); i += 2) {
            filters.add(labels.get(i));
            filters.add(labels.get(i) + "=" + labels.get(i + 1));
        }
        return filters.toArray(String[]::new);
    }

    private ObjectNode labelTree(Swarm.Task task) {
        ObjectNode tree = NODES.objectNode();
        List<String> labels = labels(task);
        for (int i = 0; i < labels.size(); i += 2) {
            tree.put(labels.get(i), labels.get(i + 1));
        }
        tree.put("com.docker.swarm.node.id", swarm.nodeId);
        return tree;
    }

    ObjectNode container(Swarm.Task task) {
        ObjectNode json = NODES.objectNode();
        json.put("Id", task.containerId);
        json.putArray("Names").add("/" + task.name());
        json.put("Image", IMAGE).put("ImageID", "sha256:" + task.containerId).put("Command", shortName(task.service));
        json.put("Created", world.instant(task.createdAt).getEpochSecond());
        json.putArray("Ports");
        json.set("Labels", labelTree(task));
        String state = containerState(task);
        long age = Math.max(0, (world.now() - task.changedAt) / 1000);
        json.put("State", state);
        json.put(
                "Status",
                switch (state) {
                    case "exited" -> "Exited (" + task.exitCode + ") " + age + " seconds ago";
                    case "paused" -> "Up " + age + " seconds (Paused)";
                    default -> "Up " + age + " seconds";
                });
        json.set("NetworkSettings", network(task));
        json.putArray("Mounts");
        return json;
    }

    private ObjectNode network(Swarm.Task task) {
        ObjectNode settings = NODES.objectNode();
        settings.putObject("Networks")
                .putObject(Swarm.NETWORK)
                .put("NetworkID", swarm.networkId)
                .put("IPAddress", task.isRunning() ? task.service.workload.address() : "");
        return settings;
    }

    ObjectNode inspected(Swarm.Task task) {
        ObjectNode json = NODES.objectNode();
        json.put("Id", task.containerId).put("Created", time(task.createdAt)).put("Name", "/" + task.name());
        ObjectNode state = json.putObject("State");
        state.put("Status", containerState(task))
                .put("Running", task.isRunning())
                .put("Paused", task.paused);
        state.put("ExitCode", task.exitCode).put("Pid", task.isRunning() ? 4711 : 0);
        state.put("StartedAt", time(task.createdAt));
        json.put("Image", "sha256:" + task.containerId);
        ObjectNode config = json.putObject("Config");
        config.put("Hostname", shortName(task.service)).put("Image", IMAGE);
        config.set("Labels", labelTree(task));
        json.set("NetworkSettings", network(task));
        return json;
    }
}
