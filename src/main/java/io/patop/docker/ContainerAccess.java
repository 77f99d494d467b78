package io.patop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.text.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs commands in containers and in helper containers beside them, and changes containers' memory limits. Only what
 * breaks a cluster on purpose, or mends that, uses it.
 */
public final class ContainerAccess {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_OUTPUT = 4000;

    private final EngineApi api;
    private final Duration bound;

    ContainerAccess(EngineApi api, Duration bound) {
        this.api = api;
        this.bound = bound;
    }

    /**
     * The memory limits of a container.
     *
     * @param memory in bytes; 0 for none
     * @param swap memory and swap together in bytes; 0 for Docker's default, -1 for none
     */
    public record MemoryLimit(long memory, long swap) {}

    /**
     * Runs a command in a container and returns its output. A command that ends with another code than 0 is a
     * failure, with the line of its output that tells why.
     *
     * @param user who runs it; empty for the container's own user
     * @param longest how long the command may take
     */
    public Answer<String> exec(String containerId, Optional<String> user, List<String> command, Duration longest) {
        Deadline deadline = new Deadline(bound.plus(longest));
        ObjectNode wanted = JSON.objectNode()
                .put("AttachStdout", true)
                .put("AttachStderr", true)
                .put("Tty", true);
        Answer<String> id = execId(containerId, user, command, wanted, deadline);
        if (id.value().isEmpty()) {
            return id;
        }
        String path = "/exec/" + DockerClient.encoded(id.value().get());
        Answer<String> output = api.text(
                "POST",
                path + "/start",
                JSON.objectNode().put("Detach", false).put("Tty", true).toString(),
                deadline);
        if (output.value().isEmpty()) {
            return output;
        }
        return ended(api.get(path + "/json", ended -> ended.path("ExitCode").asInt(-1), deadline), output, deadline);
    }

    /** Starts a command in a container and leaves it to run there. */
    public Answer<DockerClient.Done> start(String containerId, Optional<String> user, List<String> command) {
        Deadline deadline = new Deadline(bound);
        Answer<String> id = execId(containerId, user, command, JSON.objectNode(), deadline);
        if (id.value().isEmpty()) {
            return id.map(none -> DockerClient.Done.DONE);
        }
        return api.text(
                        "POST",
                        "/exec/" + DockerClient.encoded(id.value().get()) + "/start",
                        JSON.objectNode().put("Detach", true).toString(),
                        deadline)
                .map(begun -> DockerClient.Done.DONE);
    }

    /**
     * Runs a shell script in a short-lived container of that image, in the network namespace of another container and
     * with the right to change that, and returns its output.
     */
    public Answer<String> runInNetworkOf(String containerId, String image, String script) {
        return run("container:" + containerId, image, script);
    }

    /** Does the same in a network namespace of its own, in which nobody is. */
    public Answer<String> runWithoutNetwork(String image, String script) {
        return run("none", image, script);
    }

    private Answer<String> run(String network, String image, String script) {
        Deadline deadline = new Deadline(bound.multipliedBy(3));
        ObjectNode wanted =
                JSON.objectNode().put("Image", image).put("User", "0").put("Tty", true);
        wanted.putArray("Entrypoint").add("/bin/sh");
        wanted.putArray("Cmd").add("-c").add(script);
        wanted.putObject("Labels").put("io.patop.helper", "fault");
        ObjectNode host = wanted.putObject("HostConfig").put("NetworkMode", network);
        host.putArray("CapDrop").add("ALL");
        host.putArray("CapAdd").add("NET_ADMIN");
        Answer<String> made = api.post("/containers/create", wanted.toString(), deadline)
                .map(container -> container.path("Id").asText(""));
        if (made.value().isEmpty()) {
            return made;
        }
        String path = "/containers/" + DockerClient.encoded(made.value().get());
        try {
            Answer<JsonNode> begun = api.post(path + "/start", "", deadline);
            if (begun.value().isEmpty()) {
                return new Answer.Missing<>(begun.failure().orElseThrow(), deadline.spent());
            }
            Answer<Integer> code = api.post(path + "/wait", "", deadline)
                    .map(ended -> ended.path("StatusCode").asInt(-1));
            Answer<String> output = api.text("GET", path + "/logs?stdout=1&stderr=1&tail=20", "", deadline);
            return ended(code, output, deadline);
        } finally {
            Answer<JsonNode> unused = api.delete(path + "?force=true&v=true", new Deadline(bound));
        }
    }

    /** Returns the memory limits that a container has. */
    public Answer<MemoryLimit> memoryLimit(String containerId) {
        return api.get(
                "/containers/" + DockerClient.encoded(containerId) + "/json",
                json -> new MemoryLimit(
                        json.path("HostConfig").path("Memory").asLong(0),
                        json.path("HostConfig").path("MemorySwap").asLong(0)),
                new Deadline(bound));
    }

    /** Changes the memory limits of a running container. */
    public Answer<DockerClient.Done> limitMemory(String containerId, MemoryLimit limit) {
        ObjectNode wanted = JSON.objectNode().put("Memory", limit.memory()).put("MemorySwap", limit.swap());
        return api.post(
                        "/containers/" + DockerClient.encoded(containerId) + "/update",
                        wanted.toString(),
                        new Deadline(bound.multipliedBy(3)))
                .map(done -> DockerClient.Done.DONE);
    }

    /** Returns the host's whole memory in bytes; empty if the engine does not say. */
    public OptionalLong hostMemory() {
        return api.get("/info", json -> json.path("MemTotal").asLong(0), new Deadline(bound))
                .value()
                .filter(total -> total > 0)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private Answer<String> execId(
            String containerId, Optional<String> user, List<String> command, ObjectNode wanted, Deadline deadline) {
        user.ifPresent(name -> wanted.put("User", name));
        command.forEach(wanted.putArray("Cmd")::add);
        return api.post("/containers/" + DockerClient.encoded(containerId) + "/exec", wanted.toString(), deadline)
                .map(made -> made.path("Id").asText(""));
    }

    private static Answer<String> ended(Answer<Integer> code, Answer<String> output, Deadline deadline) {
        if (code.value().isEmpty() || output.value().isEmpty()) {
            return new Answer.Missing<>(code.failure().or(output::failure).orElseThrow(), deadline.spent());
        }
        String said = output.value().get();
        String text = said.length() > LONGEST_OUTPUT ? said.substring(said.length() - LONGEST_OUTPUT) : said;
        if (code.value().get() == 0) {
            return new Answer.Given<>(text, deadline.spent());
        }
        String last = text.lines()
                .filter(line -> line.contains("Error"))
                .findFirst()
                .or(() -> text.strip().lines().reduce((earlier, later) -> later))
                .orElse("it says nothing");
        return new Answer.Missing<>(
                new Failure(
                        Failure.Kind.REJECTED,
                        Printable.line(last.strip()) + " (exit code "
                                + code.value().get() + ")"),
                deadline.spent());
    }
}
