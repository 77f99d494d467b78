package io.patop.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patop.cluster.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy process on loopback: its sockets of three levels, and its page behind a password. */
class HaproxyProcessTest {

    private static final Path PROGRAM = Path.of("/usr/sbin/haproxy");
    private static final ServerName SERVER = new ServerName("leader", "a");

    @TempDir
    private Path directory;

    private Process haproxy;
    private int page;
    private int socket;

    @BeforeEach
    void begin() throws IOException {
        assumeTrue(
                Files.isExecutable(PROGRAM) || "required".equals(System.getenv("PATOP_CLUSTER_TESTS")),
                "no haproxy here: apt-get install haproxy");
        page = freePort();
        socket = freePort();
        Files.writeString(
                directory.resolve("haproxy.cfg"),
                """
                global
                    stats socket %1$s/admin.sock level admin
                    stats socket %1$s/user.sock level user
                    stats socket ipv4@127.0.0.1:%3$d level operator
                defaults
                    mode tcp
                    timeout connect 1s
                    timeout client 10s
                    timeout server 10s
                listen leader
                    bind 127.0.0.1:%4$d
                    server a 127.0.0.1:1 weight 10
                    server b 127.0.0.1:2 weight 10 disabled
                frontend stats
                    mode http
                    bind 127.0.0.1:%2$d
                    stats enable
                    stats uri /stats
                    stats auth admin:s3cret
                """
                        .formatted(directory, page, socket, freePort()));
        start();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (haproxy != null) {
            haproxy.destroy();
            assertThat(haproxy.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAdminSocketTellsAllAndDoesAll() {
        try (ProxyClient client = client(directory.resolve("admin.sock").toString())) {
            ProxyView view = await(client, told -> true);
            assertThat(view.level()).isEqualTo(AdminLevel.ADMIN);
            assertThat(view.info().flatMap(ProcessInfo::version)).isPresent();
            assertThat(view.states()).extracting(ServerState::key).contains("leader/a", "leader/b");
            assertThat(view.row("leader/a").orElseThrow().host()).contains("127.0.0.1");
            assertThat(view.row("leader/b").orElseThrow().condition()).isEqualTo(Condition.MAINT);

            does(client, ProxyCommand.disable(SERVER), row -> row.condition() == Condition.MAINT);
            does(client, ProxyCommand.enable(SERVER), row -> row.condition() == Condition.UP);
            does(client, ProxyCommand.drain(SERVER), row -> row.condition() == Condition.DRAIN);
            does(client, ProxyCommand.ready(SERVER), row -> row.condition() == Condition.UP);
            does(client, ProxyCommand.maint(SERVER), row -> row.condition() == Condition.MAINT);
            does(client, ProxyCommand.ready(SERVER), row -> row.condition() == Condition.UP);
            does(client, ProxyCommand.weight(SERVER, 25), row -> row.number("weight")
                    .equals(Optional.of(25L)));
            does(client, ProxyCommand.initialWeight(SERVER), row -> row.number("weight")
                    .equals(Optional.of(10L)));
            does(client, ProxyCommand.shutdownSessions(SERVER), row -> row.number("scur")
                    .equals(Optional.of(0L)));
            does(client, ProxyCommand.clearCounters(true), row -> row.number("stot")
                    .equals(Optional.of(0L)));

            ProxyCommand unknown = ProxyCommand.disable(new ServerName("leader", "zz"));
            assertThat(unknown.isRefusedBy(client.run(unknown).value().orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void otherSocketsTellAndRefuse() {
        try (ProxyClient user = client(directory.resolve("user.sock").toString());
                ProxyClient operator = client("tcp://127.0.0.1:" + socket)) {
            assertThat(await(user, told -> true).level()).isEqualTo(AdminLevel.USER);
            assertThat(await(operator, told -> true).level()).isEqualTo(AdminLevel.OPERATOR);
            assertThat(await(user, told -> true).rows()).isNotEmpty();

            ProxyCommand disable = ProxyCommand.disable(SERVER);
            assertThat(disable.isRefusedBy(user.run(disable).value().orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void thePageTellsTheSameToWhoKnowsThePassword() {
        try (ProxyClient stranger = client("http://127.0.0.1:" + page + "/stats");
                ProxyClient elsewhere = client("http://admin@127.0.0.1:" + page + "/");
                ProxyClient known = client("http://admin@127.0.0.1:" + page + "/stats");
                ProxyClient socketToo = client(directory.resolve("admin.sock").toString())) {
            ProxyView view = await(known, told -> true);
            assertThat(view.level()).isEqualTo(AdminLevel.NONE);
            assertThat(view.rows())
                    .extracting(StatRow::key)
                    .isEqualTo(socketToo.view().value().orElseThrow().rows().stream()
                            .map(StatRow::key)
                            .toList());
            assertThat(stranger.view().failure().map(Failure::kind)).contains(Failure.Kind.DENIED);
            assertThat(elsewhere.view().failure()).isPresent();
        }
    }

    @Test
    void aProxyThatGoesAwayAndComesBackIsAskedAgain() throws Exception {
        try (ProxyClient client = client(directory.resolve("admin.sock").toString())) {
            await(client, told -> true);
            end();
            assertThat(client.view().failure().map(Failure::kind)).contains(Failure.Kind.REFUSED);
            start();
            await(client, told -> told.info()
                    .flatMap(info -> info.number("Uptime_sec"))
                    .isPresent());
        }
    }

    private void start() throws IOException {
        haproxy = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-db",
                        "-f",
                        directory.resolve("haproxy.cfg").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private static void does(ProxyClient client, ProxyCommand command, Predicate<StatRow> then) {
        String said = client.run(command).value().orElseThrow();
        assertThat(command.isRefusedBy(said)).as("%s: %s", command.text(), said).isFalse();
        await(client, view -> view.row("leader/a").filter(then).isPresent());
    }

    private static ProxyView await(ProxyClient client, Predicate<ProxyView> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(client::view, view -> view.value().filter(wanted).isPresent())
                .value()
                .orElseThrow();
    }

    private static ProxyClient client(String where) {
        return new ProxyClient(
                ProxyEndpoint.parse(where, Optional.of("s3cret")),
                PageTrust.DEFAULT,
                new ProxyClient.Bounds(Duration.ofSeconds(5), 1 << 20));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
