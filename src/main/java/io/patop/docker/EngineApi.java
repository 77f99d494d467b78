package io.patop.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.text.Printable;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Engine API over its transport: negotiates the version, reads JSON, and returns Docker's own words when it
 * refuses.
 */
final class EngineApi implements AutoCloseable {

    /** The end of the message of a command that may have been done. */
    static final String UNKNOWN = "; whether it was done is not known";

    /** The engine's words for a swarm that has lost most of its managers. */
    private static final String LEADERLESS = "does not have a leader";

    /**
     * The version that patop is written against. Engine 20.10 knows none above 1.41, Engine 29 none below 1.44: each
     * is asked in the nearest version that it knows.
     */
    private static final ApiVersion WRITTEN_AGAINST = new ApiVersion(1, 44);

    /** The engine's prefix for its swarm's messages (20.10 to 28), which tells a person nothing. */
    private static final Pattern RPC = Pattern.compile("^rpc error: code = \\w+ desc = ");

    /** Largest number of characters of the engine's words in a message. */
    private static final int LONGEST = 500;

    private final EngineTransport transport;

    /** Holds Jackson, which is loaded at the first answer: it takes a while, for which no start should wait. */
    private static final class Json {

        /** Keeps numbers as they came, since a service's specification is sent back as it was read. */
        private static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private volatile Optional<ApiVersion> version = Optional.empty();

    EngineApi(EngineTransport transport) {
        this.transport = transport;
    }

    @Override
    public void close() {
        transport.close();
    }

    <T> Answer<T> get(String path, Function<JsonNode, T> reading, Deadline deadline) {
        return asked("GET", path, "", JsonNode::isObject, deadline).map(reading);
    }

    <T> Answer<T> list(String path, Function<JsonNode, T> reading, Deadline deadline) {
        return asked("GET", path, "", EngineJson::isList, deadline).map(reading);
    }

    /** Deletes something. */
    Answer<JsonNode> delete(String path, Deadline deadline) {
        return asked("DELETE", path, "", anything -> true, deadline);
    }

    /** Sends a request whose answer is plain text. */
    Answer<String> text(String method, String path, String body, Deadline deadline) {
        Answer<EngineTransport.Reply> sent = versioned(method, path, body, deadline);
        if (sent.value().isEmpty()) {
            return new Answer.Missing<>(sent.failure().orElseThrow(), sent.took());
        }
        EngineTransport.Reply reply = sent.value().get();
        return reply.status() / 100 == 2
                ? new Answer.Given<>(reply.body(), sent.took())
                : new Answer.Missing<>(refusal(reply), sent.took());
    }

    /** Reads a body of any length as it comes. */
    <T> Answer<T> stream(String path, EngineTransport.Reading<T> reading, Deadline deadline) {
        Answer<String> known = versionFor(deadline);
        if (known.value().isEmpty()) {
            return new Answer.Missing<>(known.failure().orElseThrow(), known.took());
        }
        Answer<EngineTransport.Streamed<T>> sent =
                transport.stream("/v" + known.value().get() + path, reading, deadline.left());
        if (sent.value().isEmpty()) {
            return new Answer.Missing<>(sent.failure().orElseThrow(), sent.took());
        }
        EngineTransport.Streamed<T> reply = sent.value().get();
        return reply.value().isPresent()
                ? new Answer.Given<>(reply.value().get(), sent.took())
                : new Answer.Missing<>(refusal(reply.refusal()), sent.took());
    }

    /** Sends a command; what is already so (304) counts as done. The answer may have no body. */
    Answer<JsonNode> post(String path, String body, Deadline deadline) {
        return asked("POST", path, body, anything -> true, deadline);
    }

    private Answer<JsonNode> asked(
            String method,
            String path,
            String body,
            java.util.function.Predicate<JsonNode> understood,
            Deadline deadline) {
        Answer<EngineTransport.Reply> sent = versioned(method, path, body, deadline);
        if (sent.value().isEmpty()) {
            return new Answer.Missing<>(sent.failure().orElseThrow(), sent.took());
        }
        EngineTransport.Reply reply = sent.value().get();
        if (reply.status() / 100 != 2 && reply.status() != 304) {
            Failure refusal = refusal(reply);
            boolean mayBeDone = !method.equals("GET") && reply.status() >= 500 && !isRefusal(refusal);
            return new Answer.Missing<>(mayBeDone ? orDone(refusal) : refusal, sent.took());
        }
        Optional<JsonNode> read = tree(reply.body()).filter(understood);
        return read.isPresent()
                ? new Answer.Given<>(read.get(), sent.took())
                : new Answer.Missing<>(notUnderstood(), sent.took());
    }

    private Answer<EngineTransport.Reply> versioned(String method, String path, String body, Deadline deadline) {
        Answer<String> known = versionFor(deadline);
        if (known.value().isEmpty()) {
            return new Answer.Missing<>(known.failure().orElseThrow(), known.took());
        }
        Answer<EngineTransport.Reply> sent =
                transport.send(method, "/v" + known.value().get() + path, body, deadline.left());
        return method.equals("GET") ? sent : orUnknown(sent);
    }

    /** Returns the version to ask in, which is negotiated at the first request. */
    private Answer<String> versionFor(Deadline deadline) {
        if (version.isEmpty()) {
            Answer<EngineTransport.Reply> asked = transport.send("GET", "/version", "", deadline.left());
            if (asked.value().isEmpty()) {
                return new Answer.Missing<>(asked.failure().orElseThrow(), asked.took());
            }
            EngineTransport.Reply reply = asked.value().get();
            if (reply.status() != 200) {
                return new Answer.Missing<>(refusal(reply), asked.took());
            }
            version = tree(reply.body()).flatMap(EngineApi::negotiate);
        }
        return version.<Answer<String>>map(known -> new Answer.Given<>(known.toString(), deadline.spent()))
                .orElseGet(() -> new Answer.Missing<>(notUnderstood(), deadline.spent()));
    }

    /** Adds to a failure that the command may have been done, if it was sent and not answered. */
    private static Answer<EngineTransport.Reply> orUnknown(Answer<EngineTransport.Reply> sent) {
        boolean mayBeDone = sent.failure()
                .filter(failure -> failure.kind() == Failure.Kind.TIMED_OUT
                        || failure.kind() == Failure.Kind.BROKEN_OFF
                        || failure.kind() == Failure.Kind.TOO_LARGE)
                .filter(failure -> !failure.message().endsWith(EngineFailures.NOT_SENT))
                .isPresent();
        return mayBeDone ? new Answer.Missing<>(orDone(sent.failure().get()), sent.took()) : sent;
    }

    private static Failure orDone(Failure failure) {
        return new Failure(failure.kind(), failure.message() + UNKNOWN);
    }

    /**
     * Returns whether the failure is a refusal from before any action. An engine answers 500 for its own mistakes
     * even after it has acted; only these messages come before.
     */
    private static boolean isRefusal(Failure failure) {
        return Stream.of(DockerClient.OUT_OF_SEQUENCE, DockerClient.NOT_PAUSED, DockerClient.ALREADY_PAUSED, LEADERLESS)
                .anyMatch(failure.message()::contains);
    }

    private static Optional<ApiVersion> negotiate(JsonNode answer) {
        return ApiVersion.parse(answer.path("ApiVersion").asText(""))
                .map(newest -> WRITTEN_AGAINST.within(
                        ApiVersion.parse(answer.path("MinAPIVersion").asText(""))
                                .orElse(newest),
                        newest));
    }

    /**
     * Returns Docker's reason. A refused version means that the engine has been replaced since, so the version is
     * negotiated again.
     */
    private Failure refusal(EngineTransport.Reply reply) {
        String said = said(reply);
        if (reply.status() == 400 && said.contains("client version")) {
            version = Optional.empty();
        }
        if (said.contains("HTTP request to an HTTPS server")) {
            return new Failure(Failure.Kind.TLS, "that Docker engine speaks TLS: set DOCKER_TLS_VERIFY=1");
        }
        Failure.Kind kind =
                switch (reply.status()) {
                    case 401, 403 -> Failure.Kind.DENIED;
                    case 404 -> Failure.Kind.ABSENT;
                    default -> Failure.Kind.REJECTED;
                };
        return new Failure(kind, "Docker says: " + said);
    }

    /**
     * Returns the {@code message} of JSON, or plain text (for a version that is too old, Engine 20.10), but no HTML
     * page.
     */
    private String said(EngineTransport.Reply reply) {
        Optional<String> message = tree(reply.body())
                .map(answer -> answer.path("message").asText(""))
                .or(() -> Optional.of(reply.body())
                        .filter(text -> !text.stripLeading().startsWith("<")))
                .map(text -> RPC.matcher(text.strip()).replaceFirst(""))
                .filter(text -> !text.isEmpty());
        return message.map(text -> Printable.line(text.length() > LONGEST ? text.substring(0, LONGEST) : text))
                .orElse("HTTP " + reply.status());
    }

    private static Failure notUnderstood() {
        return new Failure(Failure.Kind.NOT_UNDERSTOOD, "what answers there is not a Docker engine");
    }

    private Optional<JsonNode> tree(String body) {
        try {
            return Optional.of(body.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(body));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
