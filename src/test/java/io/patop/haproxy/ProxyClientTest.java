package io.patop.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One HAProxy asked: the simulated one, and servers that are none. */
class ProxyClientTest {

    private static final ProxyClient.Bounds BOUNDS = new ProxyClient.Bounds(Duration.ofSeconds(5), 1 << 20);
    private static final ProxyClient.Bounds SHORT = new ProxyClient.Bounds(Duration.ofMillis(300), 1 << 20);
    private static final String CSV = "# pxname,svname,status,\nleader,a,UP,\n";

    @TempDir
    private Path directory;

    @Test
    void theSimulatedProxyTellsAllOverItsSocket() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
                ProxyClient client = client(new ProxyEndpoint.Unix(cluster.haproxySocket()), BOUNDS)) {
            ProxyView view = client.view().value().orElseThrow();

            assertThat(view.rows()).extracting(StatRow::key).contains("leader/patroni1", "replicas/BACKEND");
            assertThat(view.info().flatMap(ProcessInfo::version)).contains("2.6.12-1+deb12u4");
            assertThat(view.state("leader/patroni1").flatMap(ServerState::address))
                    .contains("127.0.0.1");
            assertThat(view.level()).isEqualTo(AdminLevel.UNKNOWN);

            Answer<String> disabled = client.run(ProxyCommand.disable(new ServerName("leader", "patroni1")));
            assertThat(disabled.value()).contains("");
            assertThat(client.view()
                            .value()
                            .orElseThrow()
                            .row("leader/patroni1")
                            .orElseThrow()
                            .condition())
                    .isEqualTo(Condition.MAINT);
        }
    }

    @Test
    void theSimulatedProxyTellsTheSameOverItsPage() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
                ProxyClient client = client(new ProxyEndpoint.Page(cluster.haproxyStats(), Optional.empty()), BOUNDS)) {
            ProxyView view = client.view().value().orElseThrow();

            assertThat(view.rows()).extracting(StatRow::key).contains("leader/patroni1");
            assertThat(view.level()).isEqualTo(AdminLevel.NONE);
            assertThat(client.run(ProxyCommand.typed("show info")).failure().map(Failure::kind))
                    .contains(Failure.Kind.REJECTED);
        }
    }

    @Test
    void aPageWantsItsUserAndPassword() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known =
                    "Basic YWRtaW46czNjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (known && exchange.getRequestURI().toString().equals("/;csv") ? CSV : "no")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort() + "/";
            assertThat(failure("http://" + host, BOUNDS))
                    .extracting(Failure::kind, Failure::message)
                    .satisfies(pair -> assertThat(pair.get(0)).isEqualTo(Failure.Kind.DENIED))
                    .satisfies(pair -> assertThat(pair.get(1).toString()).contains("PATOP_HAPROXY_PASSWORD"));
            assertThat(failure("http://admin:wr0ng@" + host, BOUNDS).message()).doesNotContain("wr0ng");
            try (ProxyClient client =
                    client(ProxyEndpoint.parse("http://admin@" + host, Optional.of("s3cret")), BOUNDS)) {
                assertThat(client.view().value().orElseThrow().rows()).hasSize(1);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPageThatIsNoCsvIsNotUnderstood() throws Exception {
        try (Speaker speaker = Speaker.saying("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>")) {
            assertThat(failure("http://127.0.0.1:" + speaker.port() + "/", BOUNDS)
                            .kind())
                    .isEqualTo(Failure.Kind.NOT_UNDERSTOOD);
        }
        try (Speaker speaker = Speaker.saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure("http://127.0.0.1:" + speaker.port() + "/", BOUNDS)
                            .kind())
                    .isEqualTo(Failure.Kind.ABSENT);
        }
        try (Speaker speaker =
                Speaker.saying("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure("http://127.0.0.1:" + speaker.port() + "/", BOUNDS)
                            .kind())
                    .as("redirects are not followed")
                    .isEqualTo(Failure.Kind.NOT_UNDERSTOOD);
        }
    }

    @Test
    void aSocketOfAnotherProgramIsNotUnderstood() throws Exception {
        try (Speaker speaker = Speaker.saying("-ERR unknown command\n")) {
            assertThat(failure("tcp://127.0.0.1:" + speaker.port(), BOUNDS).kind())
                    .isEqualTo(Failure.Kind.NOT_UNDERSTOOD);
        }
    }

    @Test
    void anAnswerIsBoundedInTimeAndSize() throws Exception {
        try (Speaker silent = Speaker.silent()) {
            assertThat(failure("tcp://127.0.0.1:" + silent.port(), SHORT).kind())
                    .isEqualTo(Failure.Kind.TIMED_OUT);
            assertThat(failure("http://127.0.0.1:" + silent.port() + "/", SHORT).kind())
                    .isEqualTo(Failure.Kind.TIMED_OUT);
        }
        try (Speaker endless = Speaker.endless("")) {
            assertThat(failure("tcp://127.0.0.1:" + endless.port(), BOUNDS).kind())
                    .isEqualTo(Failure.Kind.TOO_LARGE);
        }
        try (Speaker endless = Speaker.endless("HTTP/1.1 200 OK\r\n\r\n")) {
            assertThat(failure("http://127.0.0.1:" + endless.port() + "/", BOUNDS)
                            .kind())
                    .isEqualTo(Failure.Kind.TOO_LARGE);
        }
    }

    @Test
    void whereNobodyListensIsSaid() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(failure("tcp://127.0.0.1:" + port, BOUNDS).kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure("http://127.0.0.1:" + port + "/", BOUNDS).kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure("tcp://no-such-host.invalid:1", BOUNDS).kind()).isEqualTo(Failure.Kind.UNRESOLVED);
        // Swarm's names have an underscore, which the JDK's client does not take for a host's.
        assertThat(failure("http://no_such_host.invalid:7000/", BOUNDS).kind()).isEqualTo(Failure.Kind.UNRESOLVED);
        assertThat(failure(directory.resolve("none.sock").toString(), BOUNDS).kind())
                .isEqualTo(Failure.Kind.ABSENT);
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(failure(file.toString(), BOUNDS).kind()).isEqualTo(Failure.Kind.REFUSED);
    }

    /** By the words of the operating system: the tests may run as root, whom no rights hold. */
    @Test
    void aSocketWithoutRightsIsDenied() {
        ProxyEndpoint endpoint = new ProxyEndpoint.Unix(Path.of("/run/haproxy/admin.sock"));

        Failure failure = new ProxyFailures(endpoint).of(new java.net.SocketException("Permission denied"), BOUNDS);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(failure.message()).contains("/run/haproxy/admin.sock", "no rights");
    }

    private static Failure failure(String where, ProxyClient.Bounds bounds) {
        try (ProxyClient client = client(ProxyEndpoint.parse(where, Optional.empty()), bounds)) {
            return client.view().failure().orElseThrow();
        }
    }

    private static ProxyClient client(ProxyEndpoint endpoint, ProxyClient.Bounds bounds) {
        return new ProxyClient(endpoint, PageTrust.DEFAULT, bounds);
    }

    /** A server on loopback that says one thing to everybody. */
    private static final class Speaker implements AutoCloseable {

        private interface Speech {
            void to(Socket caller) throws IOException;
        }

        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        private Speaker(Speech speech) throws IOException {
            Thread thread = new Thread(() -> serve(speech), "speaker");
            thread.setDaemon(true);
            thread.start();
        }

        static Speaker saying(String answer) throws IOException {
            return new Speaker(caller -> {
                int unused = caller.getInputStream().read(new byte[4096]);
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            });
        }

        static Speaker silent() throws IOException {
            return new Speaker(caller -> {
                long unused = caller.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
        }

        static Speaker endless(String head) throws IOException {
            return new Speaker(caller -> {
                OutputStream out = caller.getOutputStream();
                out.write(head.getBytes(StandardCharsets.UTF_8));
                byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                while (true) {
                    out.write(block);
                }
            });
        }

        int port() {
            return listening.getLocalPort();
        }

        private void serve(Speech speech) {
            while (!listening.isClosed()) {
                try (Socket caller = listening.accept()) {
                    speech.to(caller);
                } catch (IOException gone) {
                    // The caller has had enough; the next one is served.
                }
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
