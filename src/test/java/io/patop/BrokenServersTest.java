package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.haproxy.PageTrust;
import io.patop.haproxy.ProxyClient;
import io.patop.haproxy.ProxyEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients of HAProxy and of Docker against whatever can go wrong on the other side: a value in bounded time and
 * memory, no exception, and nothing left. All faults of a kind at the same time, since most take the whole bound.
 */
@Timeout(150)
class BrokenServersTest {

    private static final Duration BOUND = Duration.ofMillis(700);
    private static final Duration SLACK = Duration.ofSeconds(20);
    private static final int BYTES = 1 << 20;

    /** Where a client may make something of it. */
    private static final Set<String> MAY_BE_READ =
            Set.of("is longer than it says", "has huge numbers", "says gzip and is none");

    /** On such a connection the JDK's client (17) holds on until it is collected itself. */
    private static final Set<String> HELD_BY_THE_JDK = Set.of(
            "has an endless head",
            "has an endless line in its head",
            "always wants to continue",
            "has endless trailers");

    @TempDir
    Path directory;

    private final ExecutorService askers = Executors.newCachedThreadPool();
    private BrokenServer elsewhere;
    private long descriptors;

    /** Asks a server once; closes its client. */
    private interface Asking {
        Answer<?> ask(BrokenServer server, Path socket) throws IOException;
    }

    private interface Opening {
        BrokenServer open(Path socket, BrokenServer.Fault fault) throws IOException;
    }

    @BeforeEach
    void count() throws IOException {
        elsewhere = BrokenServer.tcp("\r\n\r\n", BrokenServersTest::nothing, connection -> {});
        descriptors = descriptors();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(elsewhere.requests()).as("redirects are not followed").isEmpty();
        await("descriptors", () -> {
            System.gc();
            return descriptors() <= descriptors + 4;
        });
        elsewhere.close();
        askers.shutdownNow();
    }

    @Test
    void haproxysPage() throws Exception {
        endure(
                BrokenServer.httpFaults(elsewhereUrl()),
                (socket, fault) -> BrokenServer.tcp("\r\n\r\n", BrokenServersTest::nothing, fault),
                (server, socket) -> proxy("http://user@127.0.0.1:" + server.port() + "/"));
    }

    /** A dashboard asks every second. */
    @Test
    void aPageThatIsNoHttpHoldsNoConnections() throws Exception {
        BrokenServer.Fault banner = BrokenServer.lineFaults().get("is a banner that waits");
        try (BrokenServer other = BrokenServer.tcp("\r\n\r\n", BrokenServersTest::nothing, banner)) {
            ProxyEndpoint endpoint = ProxyEndpoint.parse("http://127.0.0.1:" + other.port() + "/", Optional.empty());
            try (ProxyClient client =
                    new ProxyClient(endpoint, PageTrust.DEFAULT, new ProxyClient.Bounds(BOUND.dividedBy(7), BYTES))) {
                for (int i = 0; i < 8; i++) {
                    assertThat(client.view().failure()).isPresent();
                }
                await("all have gone", () -> other.open() == 0);
            }
        }
    }

    @Test
    void haproxysSocketOverTcp() throws Exception {
        endure(
                BrokenServer.lineFaults(),
                (socket, fault) -> BrokenServer.tcp("\n", BrokenServersTest::nothing, fault),
                (server, socket) -> proxy("tcp://127.0.0.1:" + server.port()));
    }

    @Test
    void haproxysUnixSocket() throws Exception {
        endure(
                BrokenServer.lineFaults(),
                (socket, fault) -> BrokenServer.unix(socket, "\n", BrokenServersTest::nothing, fault),
                (server, socket) -> proxy(socket.toString()));
    }

    @Test
    void dockerOverTcp() throws Exception {
        endure(
                BrokenServer.httpFaults(elsewhereUrl()),
                (socket, fault) -> BrokenServer.tcp("\r\n\r\n", BrokenServersTest::version, fault),
                (server, socket) -> docker(new DockerEndpoint.Tcp("127.0.0.1", server.port(), Optional.empty())));
    }

    @Test
    void dockersUnixSocket() throws Exception {
        endure(
                BrokenServer.httpFaults(elsewhereUrl()),
                (socket, fault) -> BrokenServer.unix(socket, "\r\n\r\n", BrokenServersTest::version, fault),
                (server, socket) -> docker(new DockerEndpoint.Unix(socket)));
    }

    @Test
    void dockersUnixSocketFromTheFirstRequestOn() throws Exception {
        endure(
                BrokenServer.httpFaults(elsewhereUrl()),
                (socket, fault) -> BrokenServer.unix(socket, "\r\n\r\n", BrokenServersTest::nothing, fault),
                (server, socket) -> docker(new DockerEndpoint.Unix(socket)));
    }

    private void endure(Map<String, BrokenServer.Fault> faults, Opening opening, Asking asking) throws Exception {
        Map<String, Future<Duration>> running = new LinkedHashMap<>();
        for (Map.Entry<String, BrokenServer.Fault> each : faults.entrySet()) {
            Path socket = directory.resolve(running.size() + ".sock");
            running.put(
                    each.getKey(),
                    askers.submit(() -> endure(each.getKey(), socket, each.getValue(), opening, asking)));
        }
        for (Map.Entry<String, Future<Duration>> each : running.entrySet()) {
            assertThat(each.getValue().get(110, TimeUnit.SECONDS))
                    .as(each.getKey())
                    .isLessThan(BOUND.plus(SLACK));
        }
    }

    private static Duration endure(String name, Path socket, BrokenServer.Fault fault, Opening opening, Asking asking)
            throws IOException {
        try (BrokenServer server = opening.open(socket, fault)) {
            Instant start = Instant.now();
            Answer<?> answer = asking.ask(server, socket);
            Duration took = Duration.between(start, Instant.now());
            if (!MAY_BE_READ.contains(name)) {
                assertThat(answer.failure()).as(name).isPresent();
            }
            answer.failure().ifPresent(failure -> assertThat(failure.message())
                    .as(name)
                    .hasSizeLessThan(600)
                    .doesNotContainPattern("[\\u0000-\\u001f\\u007f-\\u009f]"));
            if (HELD_BY_THE_JDK.contains(name) && HttpClientOfTheJdk.letsGoOfWhatIsNoHttp()) {
                awaitCollected(name, () -> server.open() == 0);
            } else if (!HELD_BY_THE_JDK.contains(name)) {
                await(name + ": the client has gone", () -> server.open() == 0);
            }
            return took;
        }
    }

    private static Answer<?> proxy(String where) {
        ProxyEndpoint endpoint = ProxyEndpoint.parse(where, Optional.empty());
        try (ProxyClient client = new ProxyClient(endpoint, PageTrust.DEFAULT, new ProxyClient.Bounds(BOUND, BYTES))) {
            return client.view();
        }
    }

    private static Answer<?> docker(DockerEndpoint endpoint) throws IOException {
        try (DockerClient client = DockerClient.of(endpoint, BOUND, BYTES)) {
            return client.engine();
        }
    }

    private static Optional<String> nothing(String request) {
        return Optional.empty();
    }

    private static Optional<String> version(String request) {
        String body = "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.24\"}";
        return request.startsWith("GET /version ")
                ? Optional.of("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                : Optional.empty();
    }

    private String elsewhereUrl() {
        return "http://127.0.0.1:" + elsewhere.port() + "/";
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static void await(String what, Callable<Boolean> wanted) {
        Awaitility.await(what).atMost(SLACK).pollInterval(Duration.ofMillis(10)).until(wanted);
    }

    private static void awaitCollected(String what, BooleanSupplier wanted) {
        Awaitility.await(what + ": the client has gone")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    System.gc();
                    return wanted.getAsBoolean();
                });
    }
}
