package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.Container;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.docker.EngineInfo;
import io.patop.docker.EngineView;
import io.patop.docker.LogLine;
import io.patop.docker.LogLines;
import io.patop.docker.LogSpan;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which logs of an engine are those of a member. */
class LogReaderTest {

    private final Map<String, String> logs = new ConcurrentHashMap<>();
    private HttpServer engine;
    private DockerClient docker;

    @BeforeEach
    void start() throws Exception {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = path.equals("/version")
                    ? "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}"
                    : logs.getOrDefault(path.replaceFirst("/v1.41", ""), "");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        engine.start();
        docker = DockerClient.of(
                new DockerEndpoint.Tcp("127.0.0.1", engine.getAddress().getPort(), Optional.empty()));
    }

    @AfterEach
    void stop() {
        docker.close();
        engine.stop(0);
    }

    @Test
    void ofAServiceHereTheContainersOfAllItsTasksAreOneLog() {
        logs.put("/containers/new/logs", "2026-11-29T00:00:09Z started again\n");
        logs.put("/containers/old/logs", "2026-11-29T00:00:05Z killed\n");
        assertThat(texts(read(List.of("new", "old"), List.of("new", "old"))))
                .containsExactly("killed", "started again");
    }

    @Test
    void ofTasksOnOtherHostsTheManagerIsAsked() {
        logs.put("/containers/new/logs", "2026-11-29T00:00:09Z here\n");
        logs.put("/services/sa/logs", "2026-11-29T00:00:05Z there\n2026-11-29T00:00:09Z here\n");
        assertThat(texts(read(List.of("new", "old"), List.of("new")))).containsExactly("there", "here");
    }

    @Test
    void whatIsHereIsReadWithoutAManagerThatFails() {
        logs.put("/containers/new/logs", "2026-11-29T00:00:09Z here\n");
        assertThat(texts(read(List.of("new", "old"), List.of("new")))).containsExactly("here");
    }

    @Test
    void aContainerThatIsGoneHidesNoOther() {
        logs.put("/containers/new/logs", "2026-11-29T00:00:09Z here\n");
        assertThat(texts(read(List.of("new", "old"), List.of("new", "old")))).containsExactly("here");
    }

    @Test
    void withoutATaskThereIsNoLog() {
        assertThat(read(List.of(), List.of()).failure())
                .map(Failure::message)
                .contains("service patroni_a has no container now: Docker removes it, and its log, when a service is"
                        + " scaled to 0");
    }

    @Test
    void anEngineThatDoesNotAnswerSaysWhy() {
        Dashboard silent = ReducerStory.healthy()
                .tell(new Observation.DockerFailed(
                        ReducerStory.START, new Failure(Failure.Kind.ABSENT, "no Docker socket at /x")))
                .dashboard();
        assertThat(new LogReader(docker.logs())
                        .read(silent, "a", LogSpan.last(5))
                        .failure())
                .map(Failure::message)
                .contains("no Docker socket at /x");
    }

    private Answer<LogLines> read(List<String> tasks, List<String> here) {
        Service service = new Service(
                "sa",
                "patroni_a",
                Service.Mode.REPLICATED,
                Optional.of(1),
                Optional.of(1),
                "image",
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty());
        EngineView view = new EngineView(
                new EngineInfo("host", "20.10", "n1", EngineInfo.Swarm.MANAGER),
                List.of(service),
                tasks.stream().map(LogReaderTest::task).toList(),
                here.stream().map(LogReaderTest::container).toList(),
                Optional.empty());
        Dashboard dashboard = ReducerStory.healthy().docker(view).dashboard();
        return new LogReader(docker.logs()).read(dashboard, "a", LogSpan.last(100));
    }

    private static Task task(String container) {
        return new Task(
                "t" + container,
                "sa",
                Optional.of(1),
                Optional.empty(),
                container.equals("new") ? "running" : "failed",
                container.equals("new") ? "running" : "shutdown",
                "",
                "",
                Optional.empty(),
                Optional.of(container),
                List.of());
    }

    private static Container container(String id) {
        return new Container(
                id,
                "patroni_a.1.t" + id,
                "image",
                "running",
                "Up",
                Optional.of("t" + id),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of());
    }

    private static List<String> texts(Answer<LogLines> answer) {
        return answer.value().orElseThrow().lines().stream().map(LogLine::text).toList();
    }
}
