package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.RestartRequest;
import io.patop.cluster.SwitchoverRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire for each command, and what becomes of each way to answer it. */
@Timeout(120)
class NodeCommandsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Optional<PatroniVersion> OLD = PatroniVersion.parse("3.0.2");
    private static final Optional<PatroniVersion> NEW = PatroniVersion.parse("4.1.4");
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2099-01-01T01:00:00Z");
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)", Pattern.CASE_INSENSITIVE);

    private final ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final PatroniClient commands = new PatroniClient(
            executor,
            new PatroniClient.Bounds(LONG, LONG, 64 << 10),
            new Access(Optional.of(new Credentials("admin", new Secret("s3cret"))), Tls.DEFAULT));

    @AfterEach
    void threadsEnd() throws InterruptedException {
        executor.shutdownNow();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private FaultyServer answering(String answer) throws IOException {
        return FaultyServer.that((server, connection) -> {
            bodies.add(body(server.requests().get(server.requests().size() - 1), connection));
            FaultyServer.say(connection, answer);
        });
    }

    private static String body(String head, Socket connection) throws IOException {
        Matcher length = LENGTH.matcher(head);
        return length.find()
                ? new String(
                        connection.getInputStream().readNBytes(Integer.parseInt(length.group(1))),
                        StandardCharsets.UTF_8)
                : "without length";
    }

    private ApiUrl given(ApiUrl url) {
        commands.given(List.of(url));
        return url;
    }

    private interface Command {
        CompletableFuture<Answer<CommandReply>> give(NodeCommands commands, ApiUrl url);
    }

    /** The request line, and the body. */
    private List<String> sent(Command command) throws Exception {
        try (FaultyServer server = answering(FaultyServer.http10("200 OK", "text/html", "done"))) {
            Answer<CommandReply> answer =
                    command.give(commands, given(server.url())).get();
            assertThat(answer.value()).contains(new CommandReply(200, "done"));
            assertThat(server.requests()).hasSize(1);
            String head = server.requests().get(0);
            assertThat(head).doesNotContainIgnoringCase("Transfer-Encoding", "Expect:");
            assertThat(head).contains("\r\nAuthorization: Basic YWRtaW46czNjcmV0\r\n");
            return List.of(head.lines().findFirst().orElseThrow(), bodies.take());
        }
    }

    @Test
    void aRestartSaysOnlyWhatIsMeant() throws Exception {
        RestartRequest all = new RestartRequest(
                Optional.of(RestartRequest.RoleFilter.PRIMARY),
                Optional.of("15.4"),
                Optional.of(Duration.ofSeconds(90)),
                true,
                Optional.of(TIME));
        assertThat(sent((node, url) -> node.restart(url, RestartRequest.NOW, NEW)))
                .containsExactly("POST /restart HTTP/1.1", "{}");
        assertThat(sent((node, url) -> node.restart(url, all, NEW)))
                .containsExactly(
                        "POST /restart HTTP/1.1",
                        "{\"role\":\"primary\",\"postgres_version\":\"15.4\",\"timeout\":90,\"restart_pending\":true,"
                                + "\"schedule\":\"2099-01-01T01:00:00+00:00\"}");
        assertThat(sent((node, url) -> node.restart(url, all, OLD)).get(1)).contains("\"role\":\"master\"");
        assertThat(sent((node, url) -> node.restart(url, all, Optional.empty())).get(1))
                .contains("\"role\":\"primary\"");
    }

    @Test
    void eachCommandHasItsMethodPathAndLength() throws Exception {
        assertThat(sent((node, url) -> node.reload(url))).containsExactly("POST /reload HTTP/1.1", "");
        assertThat(sent((node, url) -> node.cancelRestart(url)).get(0)).isEqualTo("DELETE /restart HTTP/1.1");
        assertThat(sent((node, url) -> node.cancelSwitchover(url)).get(0)).isEqualTo("DELETE /switchover HTTP/1.1");
        assertThat(sent((node, url) -> node.reinitialize(url, ReinitializeRequest.DEFAULT)))
                .containsExactly("POST /reinitialize HTTP/1.1", "{\"force\":false}");
        assertThat(sent((node, url) -> node.reinitialize(url, new ReinitializeRequest(true, true))))
                .containsExactly("POST /reinitialize HTTP/1.1", "{\"force\":true,\"from_leader\":true}");
        assertThat(sent((node, url) ->
                        node.switchover(url, new SwitchoverRequest("a", Optional.of("b"), Optional.of(TIME)))))
                .containsExactly(
                        "POST /switchover HTTP/1.1",
                        "{\"leader\":\"a\",\"candidate\":\"b\",\"scheduled_at\":\"2099-01-01T01:00:00+00:00\"}");
        assertThat(sent((node, url) ->
                        node.switchover(url, new SwitchoverRequest("a", Optional.empty(), Optional.empty()))))
                .containsExactly("POST /switchover HTTP/1.1", "{\"leader\":\"a\"}");
        assertThat(sent((node, url) -> node.failover(url, "b")))
                .containsExactly("POST /failover HTTP/1.1", "{\"candidate\":\"b\"}");
        assertThat(sent((node, url) -> node.patchConfig(url, Collections.singletonMap("pause", null))))
                .containsExactly("PATCH /config HTTP/1.1", "{\"pause\":null}");
        assertThat(sent((node, url) -> node.putConfig(url, Map.of("ttl", 30, "postgresql", Map.of("x", List.of(1))))))
                .first()
                .isEqualTo("PUT /config HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK | restarted successfully | 200 | restarted successfully",
                "202 Accepted | Restart scheduled | 202 | Restart scheduled",
                "200 OK | {\"ttl\": 30} | 200 | ''",
                "401 Unauthorized | no auth header received | 401 | no auth header received",
                "403 Forbidden | Access is denied | 403 | Access is denied",
                "404 Not Found | no restarts are scheduled | 404 | no restarts are scheduled",
                "404 Not Found | <html><head><title>404 Not Found</title></head></html> | 404 | 404 Not Found",
                "409 Conflict | Another restart is already scheduled | 409 | Another restart is already scheduled",
                "412 Precondition Failed | candidate does not exists | 412 | candidate does not exists",
                "501 Not Implemented | <html><p>Message: Unsupported method (&#x27;POST&#x27;).</p> | 501"
                        + " | Unsupported method ('POST')",
                "503 Service Unavailable | <html><p>Error code: 503</p><p>Message: a &lt; b &amp; c.</p> | 503"
                        + " | a < b & c",
                "503 Service Unavailable | '' | 503 | ''",
            })
    void theNodesOwnSentenceComesBack(String status, String body, int code, String text) throws Exception {
        try (FaultyServer server = answering(FaultyServer.http10(status, "text/html", body))) {
            assertThat(commands.restart(given(server.url()), RestartRequest.NOW, NEW)
                            .get()
                            .value())
                    .contains(new CommandReply(code, text));
        }
    }

    @Test
    void aSentenceIsFitForATerminal() throws Exception {
        try (FaultyServer server =
                answering(FaultyServer.http10("503 x", "text/html", "a\u001b[2Jb\nc" + "d".repeat(9999)))) {
            CommandReply reply =
                    commands.reload(given(server.url())).get().value().orElseThrow();
            assertThat(reply.text()).startsWith("a\uFFFD[2Jb cd").endsWith("…").hasSize(401);
        }
    }

    @Test
    void wordsSayWhatToDo() {
        assertThat(new CommandReply(200, "").describe()).isEqualTo("done");
        assertThat(new CommandReply(202, "Restart scheduled").describe()).isEqualTo("Restart scheduled");
        assertThat(new CommandReply(412, "leader name does not match").describe())
                .isEqualTo("HTTP 412 (leader name does not match)");
        assertThat(new CommandReply(409, "").describe())
                .isEqualTo("HTTP 409 (something else changed it at the same time)");
        assertThat(new CommandReply(401, "no auth header received").describe()).contains("PATRONI_CTL_USERNAME");
        assertThat(new CommandReply(403, "client certificate required").describe())
                .contains("ctl.certfile");
    }

    @Test
    void aRedirectIsNotFollowedAndTakesNoCredentialsWithIt() throws Exception {
        try (FaultyServer elsewhere = answering(FaultyServer.http10("200 OK", "text/html", "done"));
                FaultyServer server = answering("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + elsewhere.url()
                        + "/restart\r\nContent-Length: 0\r\n\r\n")) {
            Failure failure = commands.restart(given(server.url()), RestartRequest.NOW, NEW)
                    .get()
                    .failure()
                    .orElseThrow();
            assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_UNDERSTOOD);
            assertThat(failure.message()).contains("redirects to " + elsewhere.url(), "not followed");
            assertThat(elsewhere.accepted()).isZero();
        }
    }

    @Test
    void aPageIsNoSuccess() throws Exception {
        try (FaultyServer server = answering(FaultyServer.http10("200 OK", "text/html", "<html>welcome</html>"))) {
            assertThat(commands.reload(given(server.url())).get().failure().map(Failure::kind))
                    .contains(Failure.Kind.NOT_UNDERSTOOD);
        }
    }

    @Test
    void isSentOnceAndSaysThatItMayHaveBeenDone() throws Exception {
        try (FaultyServer server = FaultyServer.that((faulty, connection) -> {})) {
            Failure failure = commands.restart(given(server.url()), RestartRequest.NOW, NEW)
                    .get()
                    .failure()
                    .orElseThrow();
            assertThat(failure.message()).endsWith("whether it was done is not known");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aNodeThatNeverAnswersIsLeftAndToldOf() throws Exception {
        PatroniClient.Patience none =
                new PatroniClient.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        PatroniClient hasty = new PatroniClient(
                executor,
                new PatroniClient.Bounds(LONG, Duration.ofSeconds(2), 64 << 10),
                Access.OPEN,
                InetAddress::getAllByName,
                none);
        try (FaultyServer server = FaultyServer.that(FaultyServer::waitForHangUp)) {
            Failure failure = hasty.switchover(
                            server.url(), new SwitchoverRequest("a", Optional.empty(), Optional.empty()))
                    .get()
                    .failure()
                    .orElseThrow();
            assertThat(failure.kind()).isEqualTo(Failure.Kind.TIMED_OUT);
            assertThat(failure.message())
                    .isEqualTo(server.url() + ": no whole answer within 2 s; whether it was done is not known");
            assertThat(server.sawHangUps(1)).isTrue();
        }
    }

    @Test
    void nothingWasSentToANodeThatRefuses() throws Exception {
        ApiUrl nobody = ApiUrl.parse("127.0.0.1:" + FaultyServer.refusedPort());
        Failure failure = commands.reload(given(nobody)).get().failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message()).endsWith("nothing listens there");
    }
}
