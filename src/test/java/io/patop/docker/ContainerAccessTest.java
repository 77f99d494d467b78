package io.patop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.docker.FakeEngine.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in containers and beside them, as an engine answers them. */
class ContainerAccessTest {

    @TempDir
    private Path directory;

    private FakeEngine engine;
    private DockerClient client;
    private ContainerAccess access;

    @BeforeEach
    void startEngine() throws Exception {
        engine = FakeEngine.in(directory)
                .on("POST /v1.41/containers/aa/exec", FakeEngine.json(201, "{\"Id\":\"ee\"}"))
                .on("POST /v1.41/exec/ee/start", FakeEngine.text("HTTP/1.1 200 OK\r\n\r\nfirst\r\nit did this\r\n"))
                .on("GET /v1.41/exec/ee/json", FakeEngine.json(200, "{\"ExitCode\":0}"))
                .on("POST /v1.41/containers/create", FakeEngine.json(201, "{\"Id\":\"bb\"}"))
                .on("POST /v1.41/containers/bb/start", FakeEngine.text("HTTP/1.1 204 No Content\r\n\r\n"))
                .on("POST /v1.41/containers/bb/wait", FakeEngine.json(200, "{\"StatusCode\":2}"))
                .on(
                        "GET /v1.41/containers/bb/logs",
                        FakeEngine.text("HTTP/1.1 200 OK\r\n\r\nError: no netem\r\n^^^\r\n"))
                .on("DELETE /v1.41/containers/bb", FakeEngine.text("HTTP/1.1 204 No Content\r\n\r\n"));
        client = DockerClient.of(engine.endpoint());
        access = client.access();
    }

    @AfterEach
    void stopEngine() throws Exception {
        client.close();
        engine.close();
    }

    @Test
    void aCommandInAContainerReturnsItsOutput() {
        Answer<String> answer =
                access.exec("aa", Optional.of("postgres"), List.of("sh", "-c", "true"), Duration.ofSeconds(1));
        assertThat(answer.value()).contains("first\r\nit did this\r\n");
        assertThat(engine.requests().get(0).body())
                .contains("\"Cmd\":[\"sh\",\"-c\",\"true\"]")
                .contains("\"User\":\"postgres\"");
    }

    @Test
    void aCommandThatFailsIsAFailureWithItsLastLine() {
        engine.on("GET /v1.41/exec/ee/json", FakeEngine.json(200, "{\"ExitCode\":3}"));
        Answer<String> answer = access.exec("aa", Optional.empty(), List.of("false"), Duration.ofSeconds(1));
        assertThat(answer.failure().orElseThrow().message()).isEqualTo("it did this (exit code 3)");
    }

    @Test
    void aHelperThatFailsSaysWhyAndIsRemoved() {
        Answer<String> answer = access.runInNetworkOf("aa", "patop", "tc");
        assertThat(answer.failure().orElseThrow().message()).isEqualTo("Error: no netem (exit code 2)");
        assertThat(engine.requests())
                .extracting(Request::line)
                .last()
                .asString()
                .startsWith("DELETE ");
        assertThat(engine.requests().get(0).body())
                .contains("\"NetworkMode\":\"container:aa\"")
                .contains("\"CapDrop\":[\"ALL\"],\"CapAdd\":[\"NET_ADMIN\"]");
    }

    @Test
    void aHelperThatCannotStartIsRemovedToo() {
        engine.on(
                "POST /v1.41/containers/bb/start",
                FakeEngine.json(409, "{\"message\":\"cannot join network of a non running container: aa\"}"));
        assertThat(access.runInNetworkOf("aa", "patop", "tc")
                        .failure()
                        .orElseThrow()
                        .message())
                .contains("non running container");
        assertThat(engine.requests())
                .extracting(Request::line)
                .last()
                .asString()
                .startsWith("DELETE ");
    }
}
