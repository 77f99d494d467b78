package io.patop.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.Printable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a Docker Engine for what runs, and has it start and stop things. Each call blocks for a bounded time
 * and answers with a value or the reason why there is none, in words for a person. Uses the least of the
 * socket that does the job: it is root on that host.
 */
public final class DockerClient implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 16 << 20;
    private static final int ATTEMPTS = 5;

    /** The version this was written against; an engine that knows only older or only newer ones gets those. */
    private static final ApiVersion WRITTEN_AGAINST = new ApiVersion(1, 44);

    /** It was done, or was so already. */
    public enum Done {
        DONE
    }

    private final EngineTransport transport;
    private final JsonMapper json = new JsonMapper();
    private volatile Optional<ApiVersion> version = Optional.empty();

    private DockerClient(EngineTransport transport) {
        this.transport = transport;
    }

    /**
     * A client of that engine. Connects to nothing yet.
     *
     * @throws IOException with one line, if its certificates cannot be read
     */
    public static DockerClient of(DockerEndpoint endpoint) throws IOException {
        return new DockerClient(new EngineTransport(endpoint, BOUND, MOST_BYTES));
    }

    /** A client with other bounds: tests wait for no one. */
    static DockerClient of(DockerEndpoint endpoint, Duration bound, int mostBytes) throws IOException {
        return new DockerClient(new EngineTransport(endpoint, bound, mostBytes));
    }

    @Override
    public void close() {
        transport.close();
    }

    /** All that patop shows of the engine, in four requests; in two where it is no manager of a swarm. */
    public Answer<EngineView> view() {
        Answer<EngineInfo> info = get("/info", EngineJson::info);
        Answer<List<Container>> containers = get("/containers/json?all=true", EngineJson::containers);
        Optional<Failure> failure = info.failure().or(containers::failure);
        if (failure.isPresent()) {
            return new Answer.Missing<>(failure.get(), info.took());
        }
        EngineInfo engine = info.value().orElseThrow();
        if (engine.swarm() != EngineInfo.Swarm.MANAGER) {
            return new Answer.Given<>(
                    new EngineView(
                            engine,
                            List.of(),
                            List.of(),
                            containers.value().orElseThrow(),
                            Optional.of(withoutServices(engine))),
                    info.took());
        }
        Answer<List<Service>> services = get("/services?status=true", EngineJson::services);
        Answer<List<Task>> tasks = get("/tasks", EngineJson::tasks);
        Duration took = info.took().plus(services.took()).plus(tasks.took());
        Optional<Failure> unseen = services.failure().or(tasks::failure);
        return new Answer.Given<>(
                new EngineView(
                        engine,
                        services.value().orElse(List.of()),
                        tasks.value().orElse(List.of()),
                        containers.value().orElseThrow(),
                        unseen.map(Failure::message)),
                took);
    }

    /**
     * Sets how many tasks a replicated service runs, and leaves the rest of its specification as it is.
     * Reads it again and repeats if someone else changed it meanwhile.
     *
     * @param service id or name
     * @param replicas 0 or more
     */
    public Answer<Scaled> scale(String service, int replicas) {
        Answer<Scaled> last = tryScale(service, replicas);
        for (int attempt = 1; attempt < ATTEMPTS && isOutOfSequence(last); attempt++) {
            last = tryScale(service, replicas);
        }
        return last;
    }

    /** Stops a container: SIGTERM, then SIGKILL after its grace period. One that is stopped already stays so. */
    public Answer<Done> stop(String containerId) {
        return post("/containers/" + encoded(containerId) + "/stop?t=30", "");
    }

    /** Starts a container. One that runs already stays so. */
    public Answer<Done> start(String containerId) {
        return post("/containers/" + encoded(containerId) + "/start", "");
    }

    /** Ends a container with SIGKILL. */
    public Answer<Done> kill(String containerId) {
        return post("/containers/" + encoded(containerId) + "/kill?signal=SIGKILL", "");
    }

    /** Freezes a container: it accepts connections and never answers. */
    public Answer<Done> pause(String containerId) {
        return post("/containers/" + encoded(containerId) + "/pause", "");
    }

    /** Lets a frozen container go on. */
    public Answer<Done> unpause(String containerId) {
        return post("/containers/" + encoded(containerId) + "/unpause", "");
    }

    private Answer<Scaled> tryScale(String service, int replicas) {
        Answer<JsonNode> read = get("/services/" + encoded(service), tree -> tree);
        if (read.value().isEmpty()) {
            return missing(read);
        }
        JsonNode found = read.value().get();
        String name = found.path("Spec").path("Name").asText(service);
        if (!(found.path("Spec") instanceof ObjectNode spec)
                || !(spec.path("Mode").path("Replicated") instanceof ObjectNode mode)) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, "service " + Printable.line(name) + " has no replicas to scale"),
                    read.took());
        }
        int before = mode.path("Replicas").asInt(1);
        mode.put("Replicas", replicas);
        Answer<Done> written = post(
                "/services/" + encoded(found.path("ID").asText(service)) + "/update?version="
                        + found.path("Version").path("Index").asLong(),
                spec.toString());
        return written.map(done -> new Scaled(name, before, replicas));
    }

    /** The engine's words for a service that has been changed since it was read (Engine 20.10 to 28). */
    private static boolean isOutOfSequence(Answer<?> answer) {
        return answer.failure()
                .filter(failure -> failure.message().contains("out of sequence"))
                .isPresent();
    }

    private <T> Answer<T> get(String path, Function<JsonNode, T> reading) {
        Answer<EngineTransport.Reply> sent = send("GET", path, "");
        if (sent.value().isEmpty()) {
            return missing(sent);
        }
        EngineTransport.Reply reply = sent.value().get();
        if (reply.status() != 200) {
            return new Answer.Missing<>(refusal(reply), sent.took());
        }
        try {
            return new Answer.Given<>(reading.apply(json.readTree(reply.body())), sent.took());
        } catch (JsonProcessingException broken) {
            return new Answer.Missing<>(notDocker(), sent.took());
        } catch (IOException impossible) {
            return new Answer.Missing<>(notDocker(), sent.took());
        }
    }

    private Answer<Done> post(String path, String body) {
        Answer<EngineTransport.Reply> sent = send("POST", path, body);
        if (sent.value().isEmpty()) {
            return missing(sent);
        }
        EngineTransport.Reply reply = sent.value().get();
        boolean done = (reply.status() >= 200 && reply.status() < 300) || reply.status() == 304;
        return done ? new Answer.Given<>(Done.DONE, sent.took()) : new Answer.Missing<>(refusal(reply), sent.took());
    }

    private Answer<EngineTransport.Reply> send(String method, String path, String body) {
        if (version.isEmpty()) {
            Answer<EngineTransport.Reply> asked = transport.send("GET", "/version", "");
            if (asked.value().isEmpty()) {
                return asked;
            }
            version = negotiate(asked.value().get());
            if (version.isEmpty()) {
                return new Answer.Missing<>(notDocker(), asked.took());
            }
        }
        return transport.send(method, "/v" + version.orElseThrow() + path, body);
    }

    private Optional<ApiVersion> negotiate(EngineTransport.Reply reply) {
        try {
            JsonNode answer = json.readTree(reply.body());
            return ApiVersion.parse(answer.path("ApiVersion").asText(""))
                    .map(newest -> WRITTEN_AGAINST.within(
                            ApiVersion.parse(answer.path("MinAPIVersion").asText(""))
                                    .orElse(newest),
                            newest));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** Docker says what is wrong in {@code message}. */
    private Failure refusal(EngineTransport.Reply reply) {
        String said;
        try {
            said = json.readTree(reply.body()).path("message").asText("");
        } catch (IOException notJson) {
            said = "";
        }
        Failure.Kind kind =
                switch (reply.status()) {
                    case 401, 403 -> Failure.Kind.DENIED;
                    case 404 -> Failure.Kind.ABSENT;
                    default -> Failure.Kind.REJECTED;
                };
        return new Failure(
                kind,
                said.isEmpty() ? "Docker answers with HTTP " + reply.status() : "Docker says: " + Printable.line(said));
    }

    private static Failure notDocker() {
        return new Failure(Failure.Kind.NOT_UNDERSTOOD, "what answers there is not a Docker Engine");
    }

    private static String withoutServices(EngineInfo engine) {
        return switch (engine.swarm()) {
            case WORKER -> "this node is a worker of its swarm; only a manager sees and scales services";
            case INACTIVE -> "this engine is in no swarm: containers only";
            case OTHER -> "this engine's swarm is joining, locked or in error";
            case MANAGER -> "";
        };
    }

    private static <T> Answer<T> missing(Answer<?> answer) {
        return new Answer.Missing<>(answer.failure().orElseThrow(), answer.took());
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
