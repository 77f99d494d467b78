package io.patop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.text.Printable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a Docker Engine what runs, and starts and stops services and containers. Each call blocks for a bounded time
 * and returns a value or the reason why there is none, in words for a person; interrupting its thread ends it. Safe
 * for use by many threads. It uses as little of the socket as possible, since the socket gives root on that host.
 */
public final class DockerClient implements AutoCloseable {

    /** The engine's words (20.10 to 28) when a service has been changed meanwhile: nothing was done. */
    static final String OUT_OF_SEQUENCE = "out of sequence";

    static final String ALREADY_PAUSED = "is already paused";
    static final String NOT_PAUSED = "is not paused";

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Duration PATIENT_BOUND = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 16 << 20;
    private static final int ATTEMPTS = 5;

    /** The action was done, or its result existed already. */
    public enum Done {
        DONE
    }

    /** Without a leader in the swarm an engine takes 20 s over {@code /info} (20.10.24), but lists its containers. */
    private static final String LEADERLESS =
            "Docker hangs when it is asked about its swarm, as it does while that has no leader";

    private final EngineApi api;
    private final String place;
    private final Duration bound;
    private volatile Optional<EngineInfo> seen = Optional.empty();

    private DockerClient(EngineApi api, String place, Duration bound) {
        this.api = api;
        this.place = place;
        this.bound = bound;
    }

    /**
     * Makes a client of an engine. Does not connect yet.
     *
     * @throws IOException with one line, if its certificates cannot be read
     */
    public static DockerClient of(DockerEndpoint endpoint) throws IOException {
        return of(endpoint, isSlow(endpoint) ? PATIENT_BOUND : BOUND, MOST_BYTES);
    }

    /** ssh has to log in before the first request; podman asks the package manager for its own version, for seconds. */
    private static boolean isSlow(DockerEndpoint endpoint) {
        return endpoint instanceof DockerEndpoint.Ssh || endpoint.text().endsWith("podman.sock");
    }

    /**
     * Makes a client that waits longer for a busy engine than a screen may: for commands that break or mend something.
     *
     * @throws IOException with one line, if its certificates cannot be read
     */
    public static DockerClient patient(DockerEndpoint endpoint) throws IOException {
        return of(endpoint, PATIENT_BOUND, MOST_BYTES);
    }

    /** Makes a client with other bounds, for tests. */
    public static DockerClient of(DockerEndpoint endpoint, Duration bound, int mostBytes) throws IOException {
        return new DockerClient(new EngineApi(new EngineTransport(endpoint, mostBytes)), endpoint.text(), bound);
    }

    @Override
    public void close() {
        api.close();
    }

    /**
     * Returns everything that patop shows of the engine, in four requests, or two if it is no manager of a swarm. All
     * of them together take no longer than one call may. It fails only if there is nothing to show; without services
     * it says why.
     */
    public Answer<EngineView> view() {
        Deadline deadline = new Deadline(bound);
        Answer<EngineInfo> engine = api.get(
                "/info", EngineJson::info, new Deadline(bound.multipliedBy(3).dividedBy(5)));
        boolean hangs = engine.failure()
                .filter(failure -> failure.kind() == Failure.Kind.TIMED_OUT)
                .filter(failure -> seen.isPresent())
                .isPresent();
        if (engine.value().isEmpty() && !hangs) {
            return missing(engine, deadline);
        }
        Answer<List<Container>> containers = api.list("/containers/json?all=true", EngineJson::containers, deadline);
        if (containers.value().isEmpty()) {
            return missing(hangs ? engine : containers, deadline);
        }
        if (hangs) {
            return new Answer.Given<>(
                    new EngineView(
                            seen.get(), List.of(), List.of(), containers.value().get(), Optional.of(LEADERLESS)),
                    deadline.spent());
        }
        seen = engine.value();
        return new Answer.Given<>(view(engine.value().get(), containers.value().get(), deadline), deadline.spent());
    }

    /** Returns what the engine says of itself. */
    public Answer<EngineInfo> engine() {
        return api.get("/info", EngineJson::info, new Deadline(bound));
    }

    /** Returns whether a command that failed so may have been done all the same. */
    public static boolean mayBeDone(Failure failure) {
        return failure.message().endsWith(EngineApi.UNKNOWN);
    }

    /** Returns how the engine is reached, as text. */
    public String place() {
        return place;
    }

    /** Returns what runs commands in this engine's containers. */
    public ContainerAccess access() {
        return new ContainerAccess(api, bound);
    }

    /** Returns what reads this engine's logs. */
    public ContainerLogs logs() {
        return new ContainerLogs(api, bound);
    }

    /** Returns the networks that the engine knows. */
    public Answer<List<Network>> networks() {
        return api.list("/networks", EngineJson::networks, new Deadline(bound));
    }

    /** Returns whether the engine has the image; {@link Failure.Kind#ABSENT} if it has not. */
    public Answer<Done> image(String name) {
        return api.get("/images/" + encoded(name) + "/json", json -> Done.DONE, new Deadline(bound));
    }

    /**
     * Sets how many tasks a replicated service runs. The rest of its specification stays unchanged, including fields
     * that patop does not know. If someone else changed it meanwhile, it is read again and the update is repeated.
     *
     * @param service the service's id or name
     * @param replicas number of tasks, 0 or more
     */
    public Answer<Scaled> scale(String service, int replicas) {
        if (replicas < 0) {
            throw new IllegalArgumentException("a service has 0 replicas or more, not " + replicas);
        }
        Deadline deadline = new Deadline(bound);
        Answer<Scaled> last = tryScale(service, replicas, deadline);
        for (int attempt = 1; attempt < ATTEMPTS && isOutOfSequence(last); attempt++) {
            last = tryScale(service, replicas, deadline);
        }
        return last;
    }

    /**
     * Stops a container: SIGTERM, then SIGKILL after the grace period. A stopped container stays stopped. Takes up to
     * the grace period longer than other calls.
     *
     * @param grace the grace period in whole seconds
     */
    public Answer<Done> stop(String containerId, Duration grace) {
        return onContainer(containerId, "stop?t=" + grace.toSeconds(), grace);
    }

    /** Starts a container. A running container stays as it is. */
    public Answer<Done> start(String containerId) {
        return onContainer(containerId, "start", Duration.ZERO);
    }

    /** Stops a container as {@link #stop} does, and starts it. */
    public Answer<Done> restart(String containerId, Duration grace) {
        return onContainer(containerId, "restart?t=" + grace.toSeconds(), grace);
    }

    /** Ends a container with SIGKILL. */
    public Answer<Done> kill(String containerId) {
        return kill(containerId, "SIGKILL");
    }

    /** Sends a container's first process a signal, e.g. {@code SIGTERM}. */
    public Answer<Done> kill(String containerId, String signal) {
        return onContainer(containerId, "kill?signal=" + encoded(signal), Duration.ZERO);
    }

    /** Freezes a container: it accepts connections and never answers. A frozen container stays frozen. */
    public Answer<Done> pause(String containerId) {
        return unlessSaid(ALREADY_PAUSED, onContainer(containerId, "pause", Duration.ZERO));
    }

    /** Thaws a container. One that is not frozen stays as it is. */
    public Answer<Done> unpause(String containerId) {
        return unlessSaid(NOT_PAUSED, onContainer(containerId, "unpause", Duration.ZERO));
    }

    private EngineView view(EngineInfo engine, List<Container> containers, Deadline deadline) {
        if (engine.swarm() != EngineInfo.Swarm.MANAGER) {
            return new EngineView(
                    engine,
                    List.of(),
                    List.of(),
                    containers,
                    Optional.of(engine.swarm().withoutServices()));
        }
        Answer<List<Service>> services = api.list("/services?status=true", EngineJson::services, deadline);
        Answer<List<Task>> tasks = services.value().isPresent()
                ? api.list("/tasks", EngineJson::tasks, deadline)
                : services.map(unseen -> List.of());
        return new EngineView(
                engine,
                services.value().orElse(List.of()),
                tasks.value().orElse(List.of()),
                containers,
                tasks.failure().map(Failure::message));
    }

    private Answer<Scaled> tryScale(String service, int replicas, Deadline deadline) {
        Answer<JsonNode> read = api.get("/services/" + encoded(service), Function.identity(), deadline);
        if (read.value().isEmpty()) {
            return missing(read, deadline);
        }
        JsonNode found = read.value().get();
        String name = found.path("Spec").path("Name").asText(service);
        if (!(found.path("Spec") instanceof ObjectNode spec)
                || !(spec.path("Mode").path("Replicated") instanceof ObjectNode mode)) {
            return new Answer.Missing<>(
                    new Failure(
                            Failure.Kind.REJECTED,
                            "service " + Printable.line(name) + " is global or a job: it has no replicas to scale"),
                    deadline.spent());
        }
        int before = mode.path("Replicas").asInt(1);
        mode.put("Replicas", replicas);
        String path = "/services/" + encoded(found.path("ID").asText(service)) + "/update?version="
                + found.path("Version").path("Index").asText("0");
        return api.post(path, spec.toString(), deadline)
                .map(answer -> new Scaled(name, before, replicas, warnings(answer)));
    }

    private static List<String> warnings(JsonNode answer) {
        List<String> warnings = new ArrayList<>();
        answer.path("Warnings").forEach(warning -> warnings.add(warning.asText("")));
        return warnings;
    }

    /** Returns whether the engine says that the service has been changed since it was read (Engine 20.10 to 28). */
    private static boolean isOutOfSequence(Answer<?> answer) {
        return says(OUT_OF_SEQUENCE, answer);
    }

    /**
     * Takes the engine's error for "already so" as done: pause does not answer it by 304 (Engine 20.10: 409 and 500).
     */
    private static Answer<Done> unlessSaid(String already, Answer<Done> answer) {
        return says(already, answer) ? new Answer.Given<>(Done.DONE, answer.took()) : answer;
    }

    private static boolean says(String words, Answer<?> answer) {
        return answer.failure()
                .filter(failure -> failure.message().contains(words))
                .isPresent();
    }

    private Answer<Done> onContainer(String id, String what, Duration longer) {
        return api.post("/containers/" + encoded(id) + "/" + what, "", new Deadline(bound.plus(longer)))
                .map(answer -> Done.DONE);
    }

    private static <T> Answer<T> missing(Answer<?> answer, Deadline deadline) {
        return new Answer.Missing<>(answer.failure().orElseThrow(), deadline.spent());
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
