package io.patop.docker;

import static io.patop.docker.FakeEngine.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.patop.cluster.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are not there, hang, babble or are no engines: a bounded wait and one line each. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineFailuresTest {

    /** Long enough for a busy machine to answer, short enough to wait for. */
    private static final Duration SHORT = Duration.ofMillis(700);

    /** For what must end by itself and not by the bound: the test's own timeout is shorter. */
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    @Test
    void noSocketMeansNoEngineHere() throws IOException {
        Failure failure = askSocket(LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.ABSENT);
        assertThat(failure.message()).startsWith("no Docker socket at " + socket() + ":");
    }

    @Test
    void aSocketThatNobodyListensToIsRefused() throws IOException {
        try (ServerSocketChannel server = listening(1)) {
            assertThat(server.isOpen()).isTrue();
        }

        Failure failure = askSocket(LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message()).contains(socket().toString(), "not running");
    }

    @Test
    void aSocketWithoutRightsSaysWhatToDo() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("root may use every socket")
                .isNotEqualTo("root");
        try (ServerSocketChannel server = listening(1)) {
            assertThat(server.isOpen()).isTrue();
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("---------"));

            Failure failure = askSocket(LONG);

            assertThat(failure.kind()).isEqualTo(Failure.Kind.DENIED);
            assertThat(failure.message())
                    .isEqualTo("no permission for " + socket() + ": be in the group that owns it, or be root");
        }
    }

    @Test
    void anEngineThatHangsIsLeftAtTheBound() throws IOException {
        assertThat(askEngine(FakeEngine.hanging(), SHORT).kind()).isEqualTo(Failure.Kind.TIMED_OUT);
    }

    @Test
    void anEngineThatStopsInTheMiddleIsLeftAtTheBound() throws IOException {
        FakeEngine.Route stuck = FakeEngine.stuckAfter(head(200, 1000) + "{\"Name\":");

        assertThat(askEngine(stuck, SHORT).kind()).isEqualTo(Failure.Kind.TIMED_OUT);
    }

    @Test
    void anEngineThatAcceptsNobodyIsLeftAtTheBound() throws IOException {
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocketChannel server = listening(1)) {
            assertThat(server.isOpen()).isTrue();
            fill(queue);

            assertThat(askSocket(SHORT).kind()).isEqualTo(Failure.Kind.TIMED_OUT);
        } finally {
            for (SocketChannel each : queue) {
                each.close();
            }
        }
    }

    @Test
    void aHungRequestIsTakenBackAndNotLeftBehind() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (FakeEngine engine = FakeEngine.in(directory).on("GET /v1.41/info", (request, to) -> {
                    FakeEngine.hanging().answer(request, to);
                    ended.complete("the client closed");
                });
                DockerClient client = DockerClient.of(engine.endpoint(), SHORT, 1000)) {
            assertThat(failureOf(client).kind()).isEqualTo(Failure.Kind.TIMED_OUT);
            assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo("the client closed");
        }
    }

    @Test
    void requestsDoNotPileUpOnAnEngineThatHangs() throws Exception {
        try (FakeEngine engine = FakeEngine.in(directory).on("GET /version", FakeEngine.hanging());
                DockerClient client = DockerClient.of(engine.endpoint(), LONG, 1000)) {
            List<Thread> callers = new ArrayList<>();
            CompletableFuture<Failure> first = new CompletableFuture<>();
            for (int i = 0; i < 9; i++) {
                Thread caller = new Thread(() -> first.complete(failureOf(client)));
                caller.start();
                callers.add(caller);
            }

            assertThat(first.get(30, TimeUnit.SECONDS).message()).contains("still hangs on earlier requests");
            for (Thread caller : callers) {
                caller.interrupt();
                caller.join();
            }
        }
    }

    @Test
    void anInterruptedCallerGetsItsAnswerAtOnce() throws Exception {
        try (FakeEngine engine = FakeEngine.in(directory).on("GET /version", FakeEngine.hanging());
                DockerClient client = DockerClient.of(engine.endpoint(), LONG, 1000)) {
            Thread.currentThread().interrupt();

            Failure failure = failureOf(client);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN_OFF);
            assertThat(failure.message()).contains("given up");
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        FakeEngine.Route endless = FakeEngine.endless("HTTP/1.1 200 OK\r\n\r\n", "[[[[[[[[[[[[[[[[".repeat(64));

        Failure failure = askEngine(endless, LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.TOO_LARGE);
        assertThat(failure.message()).contains("more than 1000000 bytes");
    }

    @Test
    void anAnswerThatClaimsToBeHugeIsCutOff() throws IOException {
        FakeEngine.Route huge = FakeEngine.endless(head(200, Integer.MAX_VALUE), "[".repeat(1024));

        assertThat(askEngine(huge, LONG).kind()).isEqualTo(Failure.Kind.TOO_LARGE);
    }

    @Test
    void endlessHeadersAreCutOff() throws IOException {
        FakeEngine.Route endless = FakeEngine.endless("HTTP/1.1 200 OK\r\n", "X-Again: and again\r\n");

        assertThat(askEngine(endless, LONG).kind()).isNotEqualTo(Failure.Kind.TIMED_OUT);
    }

    @Test
    void halfADocumentIsNotUnderstood() throws IOException {
        Failure failure = askEngine(FakeEngine.json(200, "{\"Name\":\"node1\",\"Swa"), LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_UNDERSTOOD);
    }

    @Test
    void aConnectionThatBreaksInTheMiddleIsBrokenOff() throws IOException {
        Failure failure = askEngine(FakeEngine.text(head(200, 1000) + "{\"Name\":"), LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN_OFF);
    }

    @Test
    void anEngineThatSaysNothingIsBrokenOff() throws IOException {
        assertThat(askEngine(FakeEngine.text(""), LONG).kind()).isEqualTo(Failure.Kind.BROKEN_OFF);
    }

    @Test
    void aPageOfSomethingElseIsNotUnderstood() throws IOException {
        Failure failure = askEngine(FakeEngine.json(200, "<html>welcome</html>"), LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_UNDERSTOOD);
        assertThat(failure.message()).isEqualTo("what answers there is not a Docker engine");
    }

    @Test
    void anErrorPageIsNotRepeated() throws IOException {
        Failure failure = askEngine(FakeEngine.json(502, "<html>bad gateway</html>"), LONG);

        assertThat(failure).isEqualTo(new Failure(Failure.Kind.REJECTED, "Docker says: HTTP 502"));
    }

    @Test
    void whatIsNotHttpIsNotUnderstood() throws IOException {
        Failure failure = askEngine(FakeEngine.text("220 mail ready\r\n".repeat(40)), LONG);

        assertThat(failure.kind()).isIn(Failure.Kind.NOT_UNDERSTOOD, Failure.Kind.BROKEN_OFF);
    }

    @Test
    void aListThatIsNoneIsNotUnderstood() throws IOException {
        try (FakeEngine engine = FakeEngine.in(directory).on("GET /v1.41/networks", FakeEngine.json(200, "{\"a\":1}"));
                DockerClient client = DockerClient.of(engine.endpoint())) {
            assertThat(client.networks().failure().map(Failure::kind)).contains(Failure.Kind.NOT_UNDERSTOOD);
        }
    }

    @Test
    void aPortThatNobodyListensToIsRefused() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        Failure failure = ask(new DockerEndpoint.Tcp("127.0.0.1", port, Optional.empty()), LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message())
                .isEqualTo("Docker at tcp://127.0.0.1:" + port + " is not running: connection refused");
    }

    @Test
    void aPortThatHangsIsLeftAtTheBound() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Failure failure = ask(new DockerEndpoint.Tcp("127.0.0.1", server.getLocalPort(), Optional.empty()), SHORT);

            assertThat(failure.kind()).isEqualTo(Failure.Kind.TIMED_OUT);
        }
    }

    @Test
    void aNameWithoutAnAddressIsNotResolved() throws IOException {
        Failure failure = ask(new DockerEndpoint.Tcp("no-such-host.invalid", 2375, Optional.empty()), LONG);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNRESOLVED);
    }

    private Path socket() {
        return directory.resolve("docker.sock");
    }

    private ServerSocketChannel listening(int queue) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()), queue);
        return server;
    }

    /** Connects until no more are taken: the next one blocks. */
    private void fill(List<SocketChannel> queue) throws IOException {
        while (queue.size() < 100) {
            SocketChannel waiting = SocketChannel.open(StandardProtocolFamily.UNIX);
            queue.add(waiting);
            waiting.configureBlocking(false);
            try {
                if (!waiting.connect(UnixDomainSocketAddress.of(socket()))) {
                    return;
                }
            } catch (IOException full) {
                return;
            }
        }
    }

    private Failure askSocket(Duration bound) throws IOException {
        return ask(new DockerEndpoint.Unix(socket()), bound);
    }

    private Failure askEngine(FakeEngine.Route info, Duration bound) throws IOException {
        try (FakeEngine engine = FakeEngine.in(directory).on("GET /v1.41/info", info);
                DockerClient client = DockerClient.of(engine.endpoint(), bound, 1_000_000)) {
            return failureOf(client);
        }
    }

    private static Failure ask(DockerEndpoint endpoint, Duration bound) throws IOException {
        try (DockerClient client = DockerClient.of(endpoint, bound, 1_000_000)) {
            return failureOf(client);
        }
    }

    private static Failure failureOf(DockerClient client) {
        return client.engine().failure().orElseThrow();
    }
}
