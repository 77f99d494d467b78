package io.patop.docker;

import static io.patop.docker.FakeEngine.json;
import static io.patop.docker.FakeEngine.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client reads from, and asks of, an engine that answers as real ones did. */
class DockerClientTest {

    private static final String SERVICE = "GET /v1.41/services/dockertest";
    private static final String UPDATE = "POST /v1.41/services/4blw9vs3druvbmmmgbly19ipm/update";
    private static final String OUT_OF_SEQUENCE =
            "{\"message\":\"rpc error: code = Unknown desc = update out of sequence\"}";

    private FakeEngine engine;
    private DockerClient client;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        engine = FakeEngine.in(directory)
                .on("GET /v1.41/info", json(200, recorded("info.json")))
                .on("GET /v1.41/services?status=true", json(200, recorded("services.json")))
                .on("GET /v1.41/tasks", json(200, recorded("tasks.json")))
                .on("GET /v1.41/containers/json?all=true", json(200, recorded("containers.json")))
                .on("GET /v1.41/networks", json(200, recorded("networks.json")));
        client = DockerClient.of(engine.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    @Test
    void whatFailedAfterItWasBegunMayBeDone() {
        engine.on("POST /v1.41/containers/c1/kill?signal=SIGKILL", json(500, "{\"message\":\"oh no\"}"))
                .on("POST /v1.41/containers/c2/kill?signal=SIGKILL", json(409, "{\"message\":\"it does not run\"}"));
        assertThat(client.kill("c1").failure().orElseThrow().message())
                .isEqualTo("Docker says: oh no; whether it was done is not known");
        assertThat(client.kill("c2").failure().orElseThrow().message()).isEqualTo("Docker says: it does not run");
    }

    @Test
    void aManagerShowsItself() {
        assertThat(given(client.engine()))
                .isEqualTo(new EngineInfo(
                        "node1", "20.10.24+dfsg1", "u5e0mzsae18fugscw6h92f1ov", EngineInfo.Swarm.MANAGER));
    }

    @Test
    void aManagerShowsServices() {
        EngineView view = given(client.view());

        assertThat(view.withoutServices()).isEmpty();
        assertThat(view.services())
                .containsExactly(new Service(
                        "4blw9vs3druvbmmmgbly19ipm",
                        "dockertest",
                        Service.Mode.REPLICATED,
                        Optional.of(2),
                        Optional.of(1),
                        "patop-stack:bookworm",
                        Optional.of("dockertest"),
                        Set.of(given(client.networks()).get(0).id()),
                        List.of(new Service.Port(18080, 8080, "tcp")),
                        Optional.empty()));
    }

    @Test
    void tasksTellTheirStateErrorAndAddress() {
        EngineView view = given(client.view());
        Task running = task(view, "running");
        Task failed = task(view, "failed");

        assertThat(running.slot()).contains(2);
        assertThat(running.at()).contains(Instant.parse("2026-11-24T04:41:46.447014962Z"));
        assertThat(running.attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.networkName()).isEqualTo("dockertest_net");
            assertThat(attachment.addresses()).singleElement().asString().matches("10\\.77\\.\\d+\\.\\d+");
        });
        assertThat(running.isCurrent()).isTrue();
        assertThat(failed.isCurrent()).isFalse();
        assertThat(failed.error()).isEqualTo("task: non-zero exit (137)");
        assertThat(view.containers()).anySatisfy(container -> assertThat(container.id())
                .isEqualTo(running.containerId().orElseThrow()));
    }

    @Test
    void aServicesTroubleIsTheLatestErrorOfASlotThatDoesNotRun() {
        EngineView view = given(client.view());

        assertThat(view.trouble(view.services().get(0)).map(Task::error))
                .contains("no suitable node (host-mode port already in use on 1 node)");
    }

    @Test
    void containersTellWhoseTheyAre() {
        List<Container> containers = given(client.view()).containers();

        Container plain = containers.stream()
                .filter(container -> container.taskId().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(plain.name()).isEqualTo("dockertest_plain");
        assertThat(plain.isPaused()).isTrue();
        assertThat(plain.composeProject()).contains("shop");
        assertThat(plain.composeService()).contains("web");
        assertThat(plain.addresses()).containsOnlyKeys("dockertest_net");
        Container exited = containers.stream()
                .filter(container -> container.state().equals("exited"))
                .findFirst()
                .orElseThrow();
        assertThat(exited.taskId()).isPresent();
        assertThat(exited.addresses()).isEmpty();
        assertThat(exited.networks()).containsExactly("dockertest_net");
    }

    @Test
    void networksTellWhetherTheyCanBeJoined() {
        assertThat(given(client.networks())).singleElement().satisfies(network -> {
            assertThat(network.name()).isEqualTo("dockertest_net");
            assertThat(network.driver()).isEqualTo("overlay");
            assertThat(network.scope()).isEqualTo("swarm");
            assertThat(network.attachable()).isTrue();
        });
    }

    @Test
    void aViewTakesFourRequests() {
        given(client.view());

        assertThat(engine.requests()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "active, false, only a manager shows and scales services",
        "inactive, false, in no swarm",
        "pending, false, still joining",
        "locked, false, docker swarm unlock",
        "error, false, docker info",
        "dreaming, false, does not know"
    })
    void anEngineThatIsNoManagerShowsContainersAndSaysWhy(String state, boolean control, String why) {
        engine.on(
                "GET /v1.41/info",
                json(200, "{\"Swarm\":{\"LocalNodeState\":\"" + state + "\",\"ControlAvailable\":" + control + "}}"));

        EngineView view = given(client.view());

        assertThat(view.services()).isEmpty();
        assertThat(view.containers()).hasSize(3);
        assertThat(view.withoutServices())
                .hasValueSatisfying(words -> assertThat(words).contains(why));
        assertThat(engine.requests()).hasSize(2);
    }

    @Test
    void aSwarmThatHasLostItsLeaderStillShowsContainersAndSaysWhy() {
        engine.on(
                "GET /v1.41/services?status=true",
                json(
                        500,
                        "{\"message\":\"rpc error: The swarm does not have a leader. It's possible that too few"
                                + " managers are online.\"}"));

        EngineView view = given(client.view());

        assertThat(view.containers()).hasSize(3);
        assertThat(view.withoutServices())
                .hasValueSatisfying(words -> assertThat(words).contains("does not have a leader"));
    }

    @Test
    void scalingAWorkersServiceRepeatsWhatDockerSays() {
        engine.on(
                SERVICE,
                json(
                        503,
                        "{\"message\":\"This node is not a swarm manager. Worker nodes can't be used to view or"
                                + " modify cluster state.\"}"));

        Failure failure = missing(client.scale("dockertest", 0));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(failure.message()).startsWith("Docker says: This node is not a swarm manager.");
    }

    @Test
    void unknownFieldsAndWordsAreShownAsTheyAreAndMissingOnesDoNoHarm() {
        engine.on("GET /v1.41/services?status=true", json(200, "[{\"ID\":\"s\",\"Spec\":{\"New\":[1]}},{}]"))
                .on(
                        "GET /v1.41/tasks",
                        json(
                                200,
                                "[{\"ServiceID\":\"s\",\"Status\":{\"State\":\"levitating\","
                                        + "\"Timestamp\":\"soon\"},\"Slot\":0},{}]"))
                .on("GET /v1.41/containers/json?all=true", json(200, "[{\"State\":\"molten\",\"Labels\":null},{}]"));

        EngineView view = given(client.view());

        assertThat(view.services()).hasSize(2);
        assertThat(view.services().get(0).desired()).isEmpty();
        assertThat(view.services().get(0).running()).isEmpty();
        assertThat(view.tasks().get(0).state()).isEqualTo("levitating");
        assertThat(view.tasks().get(0).slot()).isEmpty();
        assertThat(view.tasks().get(0).at()).isEmpty();
        assertThat(view.containers().get(0).state()).isEqualTo("molten");
    }

    @Test
    void scalingKeepsTheRestOfTheSpecificationAsItIs() throws IOException {
        String service =
                recordedService().replace("\"ForceUpdate\"", "\"NewIn2031\":{\"a\":[1,1e-9,null]},\"ForceUpdate\"");
        engine.on(SERVICE, json(200, service)).on(UPDATE, json(200, "{\"Warnings\":[\"image not pinned\"]}"));

        Scaled scaled = given(client.scale("dockertest", 0));

        assertThat(scaled).isEqualTo(new Scaled("dockertest", 2, 0, List.of("image not pinned")));
        ObjectNode expected = (ObjectNode) new JsonMapper().readTree(service).path("Spec");
        ((ObjectNode) expected.path("Mode").path("Replicated")).put("Replicas", 0);
        FakeEngine.Request update = engine.requests().get(1);
        assertThat(update.line()).isEqualTo(UPDATE + "?version=" + version());
        assertThat(new JsonMapper().readTree(update.body())).isEqualTo(expected);
    }

    @Test
    void scalingReadsAgainWhenSomeoneElseWasFaster() throws IOException {
        AtomicInteger updates = new AtomicInteger();
        engine.on(SERVICE, json(200, recordedService())).on(UPDATE, (request, to) -> {
            boolean late = updates.incrementAndGet() < 3;
            json(late ? 500 : 200, late ? OUT_OF_SEQUENCE : "{\"Warnings\":null}")
                    .answer(request, to);
        });

        assertThat(given(client.scale("dockertest", 1)).now()).isEqualTo(1);
        assertThat(engine.requests().stream().map(FakeEngine.Request::line).filter(SERVICE::equals))
                .hasSize(3);
    }

    @Test
    void scalingGivesUpAfterFiveTries() throws IOException {
        engine.on(SERVICE, json(200, recordedService())).on(UPDATE, json(500, OUT_OF_SEQUENCE));

        Failure failure = missing(client.scale("dockertest", 1));

        assertThat(failure.message()).contains("update out of sequence");
        assertThat(engine.requests()).hasSize(10);
    }

    @Test
    void aGlobalServiceIsNotScaled() {
        engine.on(SERVICE, json(200, "{\"ID\":\"g\",\"Spec\":{\"Name\":\"dockertest\",\"Mode\":{\"Global\":{}}}}"));

        Failure failure = missing(client.scale("dockertest", 1));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(failure.message()).isEqualTo("service dockertest is global or a job: it has no replicas to scale");
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void aServiceThatIsNotThereIsNotScaled() {
        engine.on("GET /v1.41/services/", json(404, "{\"message\":\"service a b not found\"}"));

        Failure failure = missing(client.scale("a b", 1));

        assertThat(failure).isEqualTo(new Failure(Failure.Kind.ABSENT, "Docker says: service a b not found"));
        assertThat(engine.requests().get(0).line()).isEqualTo("GET /v1.41/services/a%20b");
    }

    @Test
    void aServiceCannotHaveFewerThanNoReplicas() {
        assertThatThrownBy(() -> client.scale("dockertest", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void containersAreActedOnByTheirIds() {
        engine.on("POST /v1.41/containers/c1/", json(204, ""));

        List<Answer<DockerClient.Done>> answers = List.of(
                client.stop("c1", Duration.ofSeconds(30)),
                client.start("c1"),
                client.restart("c1", Duration.ZERO),
                client.kill("c1"),
                client.kill("c1", "SIGTERM"),
                client.pause("c1"),
                client.unpause("c1"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.value()).isPresent());
        assertThat(engine.requests().stream()
                        .map(request -> request.line().substring("POST /v1.41/containers/c1/".length())))
                .containsExactly(
                        "stop?t=30",
                        "start",
                        "restart?t=0",
                        "kill?signal=SIGKILL",
                        "kill?signal=SIGTERM",
                        "pause",
                        "unpause");
    }

    @Test
    void whatIsSoAlreadyCountsAsDone() {
        engine.on("POST /v1.41/containers/c1/stop", FakeEngine.text("HTTP/1.1 304 Not Modified\r\n\r\n"))
                .on("POST /v1.41/containers/c1/pause", json(409, "{\"message\":\"Container c1 is already paused\"}"))
                .on("POST /v1.41/containers/c1/unpause", json(500, "{\"message\":\"Container c1 is not paused\"}"));

        assertThat(client.stop("c1", Duration.ZERO).value()).isPresent();
        assertThat(client.pause("c1").value()).isPresent();
        assertThat(client.unpause("c1").value()).isPresent();
    }

    @Test
    void whatDockerSaysReachesNoTerminalUnfiltered() {
        engine.on("POST /v1.41/containers/c1/", json(409, "{\"message\":\"no\\u001b[2J\\nnever\"}"));

        assertThat(missing(client.start("c1")).message()).isEqualTo("Docker says: no\uFFFD[2J never");
    }

    @Test
    void anImageIsThereOrAbsent() {
        engine.on("GET /v1.41/images/here%2Fone%3A1/json", json(200, "{\"Id\":\"sha256:1\"}"))
                .on("GET /v1.41/images/gone/json", json(404, "{\"message\":\"no such image: gone\"}"));

        assertThat(client.image("here/one:1").value()).isPresent();
        assertThat(missing(client.image("gone")).kind()).isEqualTo(Failure.Kind.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"1.41, 1.12, 1.41", "1.52, 1.44, 1.44", "1.60, 1.51, 1.51", "1.30, 1.12, 1.30", "1.48, 1.24, 1.44"})
    void theVersionIsOneThatBothSidesKnow(String newest, String oldest, String used) {
        engine.on("GET /version", json(200, "{\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest + "\"}"))
                .on("GET /v" + used + "/info", json(200, recorded("info.json")));

        assertThat(client.engine().value()).isPresent();
    }

    @Test
    void anEngineThatWasReplacedIsAskedForItsVersionAgain() {
        given(client.engine());
        engine.on("GET /version", json(200, "{\"ApiVersion\":\"1.52\",\"MinAPIVersion\":\"1.44\"}"))
                .on(
                        "GET /v1.41/info",
                        json(400, "client version 1.41 is too old. Minimum supported API version is 1.44"))
                .on("GET /v1.44/info", json(200, recorded("info.json")));

        assertThat(missing(client.engine()).message()).contains("client version 1.41 is too old");
        assertThat(client.engine().value()).isPresent();
    }

    private static Task task(EngineView view, String state) {
        return view.tasks().stream()
                .filter(task -> task.state().equals(state))
                .findFirst()
                .orElseThrow();
    }

    private static String recordedService() throws IOException {
        return new JsonMapper().readTree(recorded("services.json")).path(0).toString();
    }

    private static long version() throws IOException {
        return new JsonMapper()
                .readTree(recordedService())
                .path("Version")
                .path("Index")
                .asLong();
    }

    private static <T> T given(Answer<T> answer) {
        assertThat(answer.failure()).isEmpty();
        return answer.value().orElseThrow();
    }

    private static Failure missing(Answer<?> answer) {
        assertThat(answer.value()).isEmpty();
        return answer.failure().orElseThrow();
    }
}
