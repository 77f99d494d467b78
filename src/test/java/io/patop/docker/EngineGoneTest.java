package io.patop.docker;

import static io.patop.docker.FakeEngine.hanging;
import static io.patop.docker.FakeEngine.json;
import static io.patop.docker.FakeEngine.recorded;
import static io.patop.docker.FakeEngine.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.watch.Session;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.Event;
import io.patop.watch.source.DockerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that goes and comes back under a session that watches it, on a real socket. */
class EngineGoneTest {

    /** The engine's own words (20.10 to 28) with a quorum of its managers lost. */
    private static final String NO_LEADER =
            "{\"message\":\"rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too"
                    + " few managers are online. Make sure more than half of the managers are online.\"}";

    private final Session session = new Session();

    @TempDir
    Path directory;

    private FakeEngine engine;
    private DockerClient client;
    private DockerSource source;

    @BeforeEach
    void start() throws IOException {
        engine = begin();
        client = DockerClient.of(engine.endpoint(), Duration.ofMillis(500), 1 << 20);
        source = new DockerSource(
                client::view,
                session::accept,
                () -> Duration.ofMillis(20),
                Clock.systemUTC(),
                Executors.newSingleThreadScheduledExecutor());
        source.start();
        await("services", status -> status instanceof DockerStatus.Answering);
    }

    @AfterEach
    void stop() throws IOException {
        source.close();
        client.close();
        engine.close();
    }

    private FakeEngine begin() throws IOException {
        return FakeEngine.in(directory)
                .on("GET /v1.41/info", json(200, recorded("info.json")))
                .on("GET /v1.41/services?status=true", json(200, recorded("services.json")))
                .on("GET /v1.41/services/dockertest", json(200, service()))
                .on("GET /v1.41/tasks", json(200, recorded("tasks.json")))
                .on("GET /v1.41/containers/json?all=true", json(200, recorded("containers.json")));
    }

    private static String service() {
        String all = recorded("services.json");
        return all.substring(all.indexOf('{'), all.length()).replaceAll("(?s)\\]\\s*$", "");
    }

    @Test
    void restartedItIsOldWhileItIsGoneAndFreshWhenItIsBack() throws IOException {
        engine.close();
        await("the refusal", status -> kind(status) == Failure.Kind.REFUSED);
        assertThat(session.dashboard().docker().isOld(Instant.now())).isTrue();
        assertThat(session.dashboard().docker().view().orElseThrow().services()).isNotEmpty();

        Files.delete(directory.resolve("docker.sock"));
        await("its absence", status -> kind(status) == Failure.Kind.ABSENT);
        assertThat(client.scale("dockertest", 0).failure().orElseThrow().message())
                .startsWith("no Docker socket at ");

        engine = begin();
        await("its return", status -> status instanceof DockerStatus.Answering);
        assertThat(session.dashboard().docker().servicesAreOld(Instant.now())).isFalse();
        assertThat(session.dashboard().events())
                .extracting(Event::kind)
                .containsExactly(Event.Kind.DOCKER_LOST, Event.Kind.DOCKER_BACK);
        assertThat(engine.requests()).noneMatch(request -> request.line().startsWith("POST"));
    }

    @Test
    void oneThatHangsIsOldWithinItsBound() {
        engine.on("GET /", hanging());
        engine.on("GET /v1.41/info", hanging()).on("GET /v1.41/containers/json?all=true", hanging());
        await("the silence", status -> kind(status) == Failure.Kind.TIMED_OUT);
        assertThat(session.dashboard().docker().servicesAreOld(Instant.now())).isTrue();

        engine.on("GET /v1.41/info", json(200, recorded("info.json")))
                .on("GET /v1.41/containers/json?all=true", json(200, recorded("containers.json")));
        await("its return", status -> status instanceof DockerStatus.Answering);
    }

    @Test
    void anOrderThatGetsNoAnswerIsSentOnceAndSaysThatItMayBeDone() {
        engine.on("POST /v1.41/services/", (request, to) -> to.close());
        assertThat(client.scale("dockertest", 0).failure().orElseThrow().message())
                .contains("broke the connection off")
                .endsWith("; whether it was done is not known");
        engine.on("POST /v1.41/services/", hanging());
        assertThat(client.scale("dockertest", 0).failure().orElseThrow().message())
                .endsWith("; whether it was done is not known");
        assertThat(engine.requests().stream().filter(request -> request.line().startsWith("POST")))
                .hasSize(2);
    }

    @Test
    void withoutALeaderOfTheSwarmServicesAreOldAndContainersAreNot() {
        engine.on("GET /v1.41/services", json(500, NO_LEADER))
                .on("GET /v1.41/services?status=true", json(500, NO_LEADER))
                .on("GET /v1.41/services/dockertest", json(500, NO_LEADER));
        await("old services", status -> status.servicesAreOld(Instant.now()) && !status.isOld(Instant.now()));

        assertThat(session.dashboard().docker().view().orElseThrow().services()).isNotEmpty();
        assertThat(session.dashboard().docker().view().orElseThrow().containers())
                .isNotEmpty();
        assertThat(session.dashboard().events()).singleElement().satisfies(event -> assertThat(event.text())
                .isEqualTo("services cannot be seen: Docker says: The swarm does not have a leader. It's"
                        + " possible that too few managers are online. Make sure more than half of the managers"
                        + " are online."));
        assertThat(client.scale("dockertest", 0).failure().orElseThrow().message())
                .startsWith("Docker says: The swarm does not have a leader.");

        engine.on("GET /v1.41/services?status=true", json(200, recorded("services.json")));
        await("fresh services", status -> !status.servicesAreOld(Instant.now()));
        assertThat(session.dashboard().events()).last().satisfies(event -> assertThat(event.text())
                .startsWith("services can be seen again, after "));
    }

    /** For the first ten seconds the engine waits for a new leader before it says that there is none. */
    @Test
    void whileItWaitsForALeaderItsContainersAreShown() {
        engine.on("GET /v1.41/info", hanging());
        await("old services", status -> status.servicesAreOld(Instant.now()) && !status.isOld(Instant.now()));

        assertThat(session.dashboard().docker().view().orElseThrow().withoutServices())
                .contains("Docker hangs when it is asked about its swarm, as it does while that has no leader");
        assertThat(session.dashboard().docker().view().orElseThrow().containers())
                .isNotEmpty();
    }

    @Test
    void whatComesFromSomethingElseAtTheSocketIsNoEngine() {
        engine.on("GET /v1.41/info", text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"));
        await("the failure", status -> kind(status) == Failure.Kind.NOT_UNDERSTOOD);
    }

    private static Failure.Kind kind(DockerStatus status) {
        return status instanceof DockerStatus.Silent silent ? silent.failure().kind() : null;
    }

    private void await(String what, Predicate<DockerStatus> wanted) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> session.dashboard().docker(), wanted);
    }
}
