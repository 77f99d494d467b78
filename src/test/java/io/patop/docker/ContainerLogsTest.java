package io.patop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as an engine sends them: in frames, as they are, damaged, without an end. */
class ContainerLogsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";
    private static final String AT = "2026-11-29T00:38:34.5Z ";

    @TempDir
    private Path directory;

    private FakeEngine engine;
    private DockerClient client;

    @BeforeEach
    void startEngine() throws Exception {
        engine = FakeEngine.in(directory);
        client = DockerClient.of(engine.endpoint());
    }

    @AfterEach
    void stopEngine() throws Exception {
        client.close();
        engine.close();
    }

    @Test
    void framesOfBothStreamsAreTakenApart() {
        sends(frame(2, AT + "INFO: no action\n") + frame(1, AT + "LOG:  ready\n"));
        assertThat(last(10).lines())
                .containsExactly(
                        new LogLine(
                                Optional.of(Instant.parse("2026-11-29T00:38:34.5Z")),
                                LogLine.Stream.ERR,
                                "INFO: no action"),
                        new LogLine(
                                Optional.of(Instant.parse("2026-11-29T00:38:34.5Z")),
                                LogLine.Stream.OUT,
                                "LOG:  ready"));
    }

    @Test
    void aLineInSeveralFramesIsOneAndTheStreamsDoNotMix() {
        sends(frame(2, AT + "half") + frame(1, AT + "other\n") + frame(2, " a line\n"));
        assertThat(texts(last(10))).containsExactly("other", "half a line");
    }

    @Test
    void theLogOfATerminalHasNoFrames() {
        sends(AT + "first\r\n" + AT + "second\r\n" + AT + "unfinished");
        assertThat(texts(last(10))).containsExactly("first", "second", "unfinished");
        assertThat(last(10).lines()).allSatisfy(line -> assertThat(line.at()).isPresent());
    }

    @Test
    void nothingInALogReachesTheTerminal() {
        sends(frame(1, AT + "\u001b]0;title\u0007\u001b[31mred\u202e\n"));
        assertThat(texts(last(10))).containsExactly("\ufffd]0;title\ufffd\ufffd[31mred\ufffd");
    }

    @Test
    void onlyTheLastLinesAreKeptAndAskedFor() {
        sends(frame(1, AT + "one\n") + frame(1, AT + "two\n") + frame(1, AT + "three\n"));
        LogLines read = last(2);
        assertThat(texts(read)).containsExactly("two", "three");
        assertThat(read.isCut()).isTrue();
        assertThat(engine.requests().get(0).line()).contains("/containers/aa/logs?", "timestamps=1", "tail=2");
    }

    @Test
    void whatTheEngineSaysOfALogIsNoLineOfIt() {
        sends(frame(1, AT + "one\n") + frame(3, "Error grabbing logs: warning: incomplete log stream\n"));
        LogLines read = last(10);
        assertThat(texts(read)).containsExactly("one");
        assertThat(read.troubles()).containsExactly("Error grabbing logs: warning: incomplete log stream");
    }

    @Test
    void aDamagedStreamKeepsWhatCameBefore() {
        sends(frame(1, AT + "one\n") + "not a header at all");
        LogLines read = last(10);
        assertThat(texts(read)).containsExactly("one");
        assertThat(read.troubles()).containsExactly("the rest of the log is damaged, and left out");
    }

    @Test
    void anEndlessLogIsReadWithinABound() {
        engine.on("GET /v1.41/containers/aa/logs", FakeEngine.endless(OK, (AT + "x".repeat(900) + "\n").repeat(100)));
        LogLines read = last(5);
        assertThat(read.lines()).hasSize(5);
        assertThat(read.troubles())
                .containsExactly("the log has more than 8 MiB in these lines: the newest are left out");
    }

    @Test
    void anEndlessLineIsCut() {
        engine.on("GET /v1.41/containers/aa/logs", FakeEngine.endless(OK + AT, "y".repeat(1 << 16)));
        assertThat(last(5).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).hasSizeLessThan(5000).endsWith("…"));
    }

    @Test
    void aLogThatHangsIsGivenUp() throws Exception {
        engine.on("GET /v1.41/containers/aa/logs", FakeEngine.stuckAfter(OK + frame(1, AT + "one\n")));
        try (DockerClient hasty = DockerClient.of(engine.endpoint(), Duration.ofMillis(300), 1 << 20)) {
            assertThat(hasty.logs().ofContainer("aa", LogSpan.last(5)).failure())
                    .map(Failure::kind)
                    .contains(Failure.Kind.TIMED_OUT);
        }
    }

    @Test
    void aLoggingDriverThatCannotBeReadSaysSo() {
        engine.on(
                "GET /v1.41/containers/aa/logs",
                FakeEngine.json(501, "{\"message\":\"configured logging driver does not support reading\"}"));
        assertThat(client.logs().ofContainer("aa", LogSpan.last(5)).failure())
                .map(Failure::message)
                .contains("Docker says: configured logging driver does not support reading");
    }

    @Test
    void ofAServiceTheTasksAreOneLogWithinTheSpan() {
        engine.on(
                "GET /v1.41/services/ss/logs",
                FakeEngine.text(OK
                        + frame(1, "2026-11-29T00:00:09Z new task\n")
                        + frame(1, "2026-11-29T00:00:05Z old task\n")
                        + frame(1, "2026-11-29T00:00:10Z after the span\n")
                        + frame(1, "2026-11-29T00:00:01Z before it\n")));
        Answer<LogLines> answer = client.logs()
                .ofService(
                        "ss",
                        LogSpan.between(Instant.parse("2026-11-29T00:00:05Z"), Instant.parse("2026-11-29T00:00:10Z")));
        assertThat(texts(answer.value().orElseThrow())).containsExactly("old task", "new task");
        assertThat(engine.requests().get(0).line())
                .contains("since=1795910405.000000000", "until=1795910410.000000000");
    }

    private void sends(String body) {
        engine.on("GET /v1.41/containers/aa/logs", FakeEngine.text(OK + body));
    }

    private LogLines last(int lines) {
        return client.logs().ofContainer("aa", LogSpan.last(lines)).value().orElseThrow();
    }

    private static List<String> texts(LogLines log) {
        return log.lines().stream().map(LogLine::text).toList();
    }

    /** A frame of less than 128 bytes of ASCII, whose header is ASCII too; more is told as it is. */
    private static String frame(int stream, String payload) {
        int length = payload.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        assertThat(length).isLessThan(128);
        return (char) stream + "\0\0\0\0\0\0" + (char) length + payload;
    }
}
