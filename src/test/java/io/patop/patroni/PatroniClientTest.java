package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.HttpClientOfTheJdk;
import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import io.patop.net.NameLookups;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PatroniClientTest {

    private static final String NODE =
            """
            {"state": "running", "role": "primary", "server_version": 150020, "timeline": 1,
             "patroni": {"version": "4.1.4", "scope": "demo", "name": "node1"}}""";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int BYTES = 64 * 1024;

    private final ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    /** For servers that answer, however wrongly: no bound may come first. */
    private final PatroniClient patient = client(new PatroniClient.Bounds(LONG, LONG, BYTES));
    /** For servers that do not. */
    private final PatroniClient hasty = client(new PatroniClient.Bounds(LONG, SHORT, 64 << 20));

    @AfterEach
    void threadsEnd() throws InterruptedException {
        executor.shutdownNow();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsANodeThatAnswersInPatronisHttp10() throws Exception {
        try (FaultyServer server = FaultyServer.saying(FaultyServer.http10("200 OK", "application/json", NODE))) {
            Answer<NodeStatus> answer = patient.node(server.url()).get();
            assertThat(answer.value().flatMap(NodeStatus::name)).contains("node1");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0))
                    .startsWith("GET /patroni HTTP/1.1\r\n")
                    .contains("Host: 127.0.0.1:" + server.port())
                    .doesNotContain("Upgrade", "Authorization");
        }
    }

    @Test
    void asksBehindABasePath() throws Exception {
        try (FaultyServer server =
                FaultyServer.saying(FaultyServer.http10("200 OK", "application/json", "{\"members\": []}"))) {
            ApiUrl behind = ApiUrl.parse(server.url() + "/pg/one");
            assertThat(patient.cluster(behind).get().value())
                    .map(ClusterView::members)
                    .contains(List.of());
            assertThat(server.requests().get(0)).startsWith("GET /pg/one/cluster ");
        }
    }

    @Test
    void readsWithoutCredentials() throws Exception {
        Access access = new Access(Optional.of(new Credentials("admin", new Secret("s3cret"))), Tls.DEFAULT);
        PatroniClient known = new PatroniClient(executor, PatroniClient.Bounds.DEFAULT, access);
        try (FaultyServer server = FaultyServer.saying(FaultyServer.http10("200 OK", "application/json", NODE))) {
            assertThat(known.node(server.url()).get().value()).isPresent();
            assertThat(server.requests().get(0)).doesNotContainIgnoringCase("Authorization");
        }
    }

    @Test
    void askedByASwarmServicesNameReachesItsAddress() throws Exception {
        PatroniClient swarm = resolving(host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        try (FaultyServer server = FaultyServer.saying(FaultyServer.http10("200 OK", "application/json", NODE))) {
            ApiUrl url = ApiUrl.parse("patroni_patroni1:" + server.port());
            assertThat(swarm.node(url).get().value()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><html>hello</html> | an HTML page",
                "<HTML><body> | an HTML page",
                "hello | not JSON",
                "{\"members\": [{\"name\": \"no | broken off",
                "{\"members\": []} trailing | broken off",
                "[] | lists no members",
                "{} | lists no members",
                "null | lists no members",
                "42 | lists no members",
                "'' | empty",
            })
    void saysWhatA200IsThatIsNotPatronis(String body, String words) throws Exception {
        try (FaultyServer server = FaultyServer.saying(FaultyServer.http10("200 OK", "text/html", body))) {
            fails(patient.cluster(server.url()), Failure.Kind.NOT_UNDERSTOOD, server.url() + "/cluster: ", words);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 Unauthorized | no auth header received | DENIED | HTTP 401 (no auth header received): it wants a username",
                "403 Forbidden | Access is denied | DENIED | HTTP 403 (Access is denied)",
                "404 Not Found | <html>nginx</html> | NOT_UNDERSTOOD | HTTP 404: not an answer of Patroni's",
                "400 Bad Request | The plain HTTP request was sent to HTTPS port | NOT_UNDERSTOOD | sent to HTTPS port",
                "502 Bad Gateway | <html>proxy</html> | REJECTED | HTTP 502: the node, or what is in front",
                "503 Service Unavailable | {\"state\": \"stopped\"} | REJECTED | HTTP 503: the node, or what",
                "204 No Content | '' | NOT_UNDERSTOOD | HTTP 204",
            })
    void explainsAnyOtherStatus(String status, String body, Failure.Kind kind, String words) throws Exception {
        try (FaultyServer server = FaultyServer.saying(FaultyServer.http10(status, "text/html", body))) {
            fails(patient.cluster(server.url()), kind, server.url() + "/cluster: ", words);
        }
    }

    @Test
    void doesNotFollowARedirect() throws Exception {
        try (FaultyServer elsewhere = FaultyServer.saying(FaultyServer.http10("200 OK", "application/json", NODE));
                FaultyServer server = FaultyServer.saying("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url()
                        + "/patroni\r\nContent-Length: 0\r\n\r\n")) {
            fails(
                    patient.node(server.url()),
                    Failure.Kind.NOT_UNDERSTOOD,
                    "it redirects to " + elsewhere.url() + "/patroni");
            assertThat(elsewhere.accepted()).isZero();
        }
    }

    @Test
    void keepsEscapeSequencesOfTheOtherSideOutOfItsMessage() throws Exception {
        try (FaultyServer server =
                FaultyServer.saying(FaultyServer.http10("401 No", "text/html", "\u001b[2J" + "x".repeat(9000)))) {
            Failure failure = patient.node(server.url()).get().failure().orElseThrow();
            assertThat(failure.message()).doesNotContain("\u001b").hasSizeLessThan(400);
        }
    }

    @Test
    void namesARefusedPort() throws Exception {
        ApiUrl url = ApiUrl.parse("127.0.0.1:" + FaultyServer.refusedPort());
        fails(patient.node(url), Failure.Kind.REFUSED, url + ": connection refused");
    }

    @Test
    void namesAHostWithoutAddress() throws Exception {
        PatroniClient nowhere = resolving(host -> {
            throw new UnknownHostException(host);
        });
        fails(
                nowhere.node(ApiUrl.parse("patroni9")),
                Failure.Kind.UNRESOLVED,
                "http://patroni9:8008: the name patroni9 has no address");
    }

    @Test
    void asksNoNameServerAboutAnAddress() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        PatroniClient counting = resolving(host -> {
            lookups.incrementAndGet();
            throw new UnknownHostException(host);
        });
        int port = FaultyServer.refusedPort();
        for (String host : List.of("127.0.0.1", "[::1]")) {
            Failure failure = counting.node(ApiUrl.parse(host + ":" + port))
                    .get()
                    .failure()
                    .orElseThrow();
            assertThat(failure.kind()).isNotEqualTo(Failure.Kind.UNRESOLVED);
        }
        assertThat(lookups).hasValue(0);
    }

    @Test
    void holdsOneThreadPerNameWhenTheNameServerHangs() throws Exception {
        CountDownLatch nameServerIsBack = new CountDownLatch(1);
        AtomicInteger lookups = new AtomicInteger();
        PatroniClient client =
                new PatroniClient(executor, new PatroniClient.Bounds(SHORT, LONG, BYTES), Access.OPEN, host -> {
                    lookups.incrementAndGet();
                    await(nameServerIsBack);
                    throw new UnknownHostException(host);
                });
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<Answer<NodeStatus>>> answers = new ArrayList<>();
            for (int request = 0; request < 50; request++) {
                answers.add(client.node(ApiUrl.parse("patroni" + request % 2)));
            }
            for (CompletableFuture<Answer<NodeStatus>> answer : answers) {
                fails(answer, Failure.Kind.UNRESOLVED, "could not be looked up within 300 ms");
            }
        }
        assertThat(lookups).hasValue(2);
        nameServerIsBack.countDown();
    }

    @Test
    void givesUpOnAHostThatDoesNotAcceptConnections() throws Exception {
        PatroniClient unconnected = client(new PatroniClient.Bounds(SHORT, LONG, BYTES));
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> queue = fillBacklog(deaf);
            try {
                ApiUrl url = ApiUrl.parse("127.0.0.1:" + deaf.getLocalPort());
                fails(unconnected.node(url), Failure.Kind.TIMED_OUT, url + ": no connection within 300 ms");
            } finally {
                for (SocketChannel waiting : queue) {
                    waiting.close();
                }
            }
        }
    }

    @Test
    void givesUpOnSilenceAndHangsUp() throws Exception {
        try (FaultyServer silent = FaultyServer.that((server, connection) -> server.waitForHangUp(connection))) {
            fails(hasty.cluster(silent.url()), Failure.Kind.TIMED_OUT, "no whole answer within 300 ms");
            assertThat(silent.sawHangUps(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.0 200 OK\r\nServer: Base'",
        "'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n'",
        "'HTTP/1.0 200 OK\r\n\r\n{\"members\": ['",
        "'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"members\": []}'",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"mem'",
        "'HTTP/1.1 100 Continue\r\n\r\n'",
    })
    void givesUpOnAnAnswerThatStopsHalfwayAndHangsUp(String beginning) throws Exception {
        try (FaultyServer halting = FaultyServer.that((server, connection) -> {
            FaultyServer.say(connection, beginning);
            server.waitForHangUp(connection);
        })) {
            fails(hasty.cluster(halting.url()), Failure.Kind.TIMED_OUT, "no whole answer within 300 ms");
            assertThat(halting.sawHangUps(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.0 200 OK\r\n\r\n{\"members\": [', ' '",
        "'HTTP/1.0 200 OK\r\n', 'X-Slow: header\r\n'",
        "'HTTP/1.0 200 OK\r\nX-Long: ', 'x'",
        "'', 'x'"
    })
    void givesUpOnADripAndHangsUp(String head, String drop) throws Exception {
        try (FaultyServer dripping =
                FaultyServer.that((server, connection) -> server.drip(connection, head, drop, 20))) {
            fails(hasty.cluster(dripping.url()), Failure.Kind.TIMED_OUT, "no whole answer within 300 ms");
            assertThat(dripping.sawHangUps(1)).isTrue();
        }
    }

    @Test
    void stopsReadingAnEndlessBodyAtItsBoundAndHangsUp() throws Exception {
        try (FaultyServer endless = FaultyServer.that(
                (server, connection) -> server.drip(connection, "HTTP/1.0 200 OK\r\n\r\n", " ".repeat(1 << 14), 0))) {
            fails(patient.cluster(endless.url()), Failure.Kind.TOO_LARGE, "longer than 64 KiB");
            assertThat(endless.sawHangUps(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.0 200 OK\r\nX-Endless: ', 'xxxxxxxxxxxxxxxx'",
        "'HTTP/1.0 200 OK\r\n', 'X-Many: headers\r\n'",
        "'HTTP/1.0 200 ', 'OK OK OK OK OK OK'",
        "'HTTP/1.0 200 OK\r\n', '\r'",
    })
    void survivesAnEndlessHead(String head, String drop) throws Exception {
        try (FaultyServer endless =
                FaultyServer.that((server, connection) -> server.drip(connection, head, drop.repeat(1 << 10), 0))) {
            Failure failure = hasty.cluster(endless.url()).get().failure().orElseThrow();
            assertThat(failure.kind())
                    .isIn(
                            Failure.Kind.TIMED_OUT,
                            Failure.Kind.NOT_UNDERSTOOD,
                            Failure.Kind.BROKEN_OFF,
                            Failure.Kind.TOO_LARGE);
            assertThat(failure.message()).startsWith(endless.url() + ": ").hasSizeLessThan(300);
            assertThat(hangsUpOnceCollected(endless)).isTrue();
        }
    }

    @Test
    void saysThatTheConnectionWasClosedWithoutAnAnswer() throws Exception {
        try (FaultyServer mute = FaultyServer.saying("")) {
            fails(
                    patient.cluster(mute.url()),
                    Failure.Kind.BROKEN_OFF,
                    "closed the connection without an answer, as Patroni does when its DCS is gone");
        }
    }

    @Test
    void saysThatTheConnectionWasReset() throws Exception {
        try (FaultyServer resetting = FaultyServer.that((server, connection) -> connection.setSoLinger(true, 0))) {
            fails(patient.cluster(resetting.url()), Failure.Kind.BROKEN_OFF, "the connection");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"members\": []}'",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n{\"mem'",
    })
    void saysThatTheAnswerBrokeOff(String answer) throws Exception {
        try (FaultyServer breaking = FaultyServer.saying(answer)) {
            fails(patient.cluster(breaking.url()), Failure.Kind.BROKEN_OFF, "ended before the whole answer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'",
        "'220 mail.example.com ESMTP\r\n'",
        "'-ERR unknown command\r\n\r\n'",
        "'HTTP/1.0 abc OK\r\n\r\n'",
        "'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}'",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'",
    })
    void saysThatItIsNoHttpAndHangsUpOnAServerThatWaitsForMore(String banner) throws Exception {
        try (FaultyServer other = FaultyServer.that((server, connection) -> {
            FaultyServer.say(connection, banner);
            server.waitForHangUp(connection);
        })) {
            fails(patient.cluster(other.url()), Failure.Kind.NOT_UNDERSTOOD, "not HTTP; if it is TLS, say https://");
            assertThat(hangsUpOnceCollected(other)).isTrue();
        }
    }

    @Test
    void holdsOneConnectionAtMostToWhatIsNoHttp() throws Exception {
        try (FaultyServer other = FaultyServer.that((server, connection) -> {
            FaultyServer.say(connection, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
            server.waitForHangUp(connection);
        })) {
            for (int request = 0; request < 20; request++) {
                fails(patient.node(other.url()), Failure.Kind.NOT_UNDERSTOOD, "not HTTP");
            }
            assertThat(other.sawHangUps(19)).isTrue();
        }
    }

    @Test
    void asksAgainWhatSpeaksHttpByNow() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (FaultyServer late = FaultyServer.that((server, connection) -> FaultyServer.say(
                connection,
                requests.getAndIncrement() == 0
                        ? "SSH-2.0\r\n"
                        : FaultyServer.http10("200 OK", "application/json", NODE)))) {
            fails(patient.node(late.url()), Failure.Kind.NOT_UNDERSTOOD, "not HTTP");
            assertThat(patient.node(late.url()).get().value()).isPresent();
            assertThat(patient.node(late.url()).get().value()).isPresent();
            assertThat(requests)
                    .as("once more than asked: a bare socket went ahead")
                    .hasValue(4);
        }
    }

    /** The connection goes with the client that it was made by, which nobody holds any more. */
    private static boolean hangsUpOnceCollected(FaultyServer server) throws InterruptedException {
        if (!HttpClientOfTheJdk.letsGoOfWhatIsNoHttp()) {
            return true;
        }
        for (int attempt = 0; attempt < 300; attempt++) {
            System.gc();
            if (server.sawHangUp(Duration.ofMillis(100))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void pilesNothingUpAgainstAServerThatHangs() throws Exception {
        try (FaultyServer hung = FaultyServer.thatAtOnce((server, connection) -> server.waitForHangUp(connection))) {
            List<CompletableFuture<Answer<NodeStatus>>> answers = new ArrayList<>();
            for (int request = 0; request < 200; request++) {
                answers.add(hasty.node(hung.url()));
            }
            for (CompletableFuture<Answer<NodeStatus>> answer : answers) {
                fails(answer, Failure.Kind.TIMED_OUT, "no whole answer");
            }
            assertThat(hung.sawHangUps(hung.accepted())).isTrue();
            hasNoBusyThreads();
        }
    }

    /** The threads that were busy with the requests are idle again: waits for it, half a minute at most. */
    private void hasNoBusyThreads() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(executor::getActiveCount, busy -> busy == 0);
    }

    private static <T> void fails(CompletableFuture<Answer<T>> asked, Failure.Kind kind, String... words)
            throws Exception {
        Answer<T> answer = asked.get();
        assertThat(answer.value()).isEmpty();
        Failure failure = answer.failure().orElseThrow();
        assertThat(failure.kind()).as(failure.message()).isEqualTo(kind);
        assertThat(failure.message()).startsWith("http").contains(words).doesNotContain("\n");
        assertThat(answer.took()).isPositive();
    }

    private PatroniClient client(PatroniClient.Bounds bounds) {
        return new PatroniClient(executor, bounds);
    }

    private PatroniClient resolving(NameLookups.Resolver resolver) {
        return new PatroniClient(executor, new PatroniClient.Bounds(LONG, LONG, BYTES), Access.OPEN, resolver);
    }

    /** Connects until the kernel lets no more in. */
    private static List<SocketChannel> fillBacklog(ServerSocket deaf) throws IOException, InterruptedException {
        List<SocketChannel> queue = new ArrayList<>();
        boolean full = false;
        while (!full && queue.size() < 64) {
            SocketChannel waiting = SocketChannel.open();
            queue.add(waiting);
            waiting.configureBlocking(false);
            boolean connected =
                    waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.getLocalPort()));
            for (int attempt = 0; attempt < 30 && !connected; attempt++) {
                TimeUnit.MILLISECONDS.sleep(10);
                connected = waiting.finishConnect();
            }
            full = !connected;
        }
        return queue;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
