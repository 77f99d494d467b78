package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patop.watch.ReducerStory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What patop knows of passwords goes to the server that each is for, in the header that is for it, and nowhere else:
 * into no URL, no line of output, and not after a redirect.
 */
class SecretsTest {

    private static final String REST = "s3cret-of-rest";
    private static final String PROXY = "s3cret-of-proxy";
    private static final String API_URL = "\"api_url\":\"[^\"]*\"";
    private static final String DATABASE = "s3cret-of-database";

    /** Each kind of request that there is, with all that is said of an error. */
    private static final List<String> LINES = List.of(
            "list -e -c CONFIG -u HERE",
            "list -f json -c CONFIG -u HERE",
            "topology -c CONFIG -u HERE",
            "history -c CONFIG -u HERE",
            "version -c CONFIG -u HERE",
            "show-config -c CONFIG -u HERE",
            "dsn -c CONFIG -u HERE",
            "get a /patroni -c CONFIG -u HERE",
            "get a /config?x=1 -c CONFIG -u HERE",
            "pause -c CONFIG -u HERE",
            "edit-config --force -s ttl=40 -c CONFIG -u HERE",
            "restart --force a -c CONFIG -u HERE",
            "reload --force a -c CONFIG -u HERE",
            "reinit --force a -c CONFIG -u HERE",
            "flush switchover -c CONFIG -u HERE",
            "switchover --force -c CONFIG -u HERE",
            "failover --force --candidate b -c CONFIG -u HERE",
            "haproxy --haproxy http://admin:" + PROXY + "@HERE/ -c CONFIG -u HERE",
            "haproxy -u HERE --haproxy http://admin:" + PROXY + "@HERE/",
            "haproxy -u HERE --haproxy http://admin:" + PROXY + "@HERE:x/",
            "haproxy -u HERE --haproxy http://admin:" + PROXY,
            "services --docker-host tcp://HERE",
            "services --docker-host tcp://admin:" + PROXY + "@HERE",
            "scale --force a=0 --docker-host tcp://HERE",
            "list -u http://admin:" + REST + "@HERE",
            "list -u http://admin:" + REST,
            "probe --count 1 --dsn postgresql://u:" + DATABASE + "@127.0.0.1:1/d",
            "probe --count 1 --dsn nonsense://u:" + DATABASE + "@127.0.0.1:1/d",
            "probe --count 1 --dsn password='" + DATABASE);

    @TempDir
    Path directory;

    private final Queue<Asked> here = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> elsewhere = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private HttpServer other;
    private Optional<Integer> redirects = Optional.empty();

    private record Asked(String method, String uri, String path, Optional<String> authorization) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        other.createContext("/", exchange -> {
            elsewhere.add(asked(exchange));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        other.start();
        Files.writeString(
                directory.resolve("patroni.yml"),
                "ctl:\n  authentication:\n    username: admin\n    password: " + REST + "\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    @Test
    void secretsGoWhereEachBelongsAndNowhereElse() {
        runAll();

        assertThat(here).extracting(Asked::method).contains("GET", "POST", "PATCH");
        assertThat(here).extracting(Asked::path).contains("/cluster", "/config", "/version", "/;csv", "/patroni");
        for (Asked asked : here) {
            String belongs = asked.path().contains(";csv") ? PROXY : REST;
            boolean docker = asked.path().equals("/version") || asked.path().startsWith("/v1.");
            Optional<String> secret = asked.authorization().map(SecretsTest::plain);
            assertThat(secret).as("%s", asked).isIn(Optional.empty(), Optional.of("admin:" + belongs));
            boolean reads = asked.method().equals("GET") && belongs.equals(REST);
            assertThat((docker || reads) && secret.isPresent()).as("%s", asked).isFalse();
        }
        assertThat(here.stream()
                        .filter(asked -> asked.authorization().isPresent())
                        .map(Asked::path))
                .contains("/;csv", "/restart", "/switchover");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 303, 307})
    void noRedirectIsFollowed(int status) {
        redirects = Optional.of(status);
        runAll();

        assertThat(here).isNotEmpty();
        assertThat(elsewhere).isEmpty();
    }

    private void runAll() {
        Map<String, String> environment = Map.of("PGPASSWORD", DATABASE);
        for (String line : LINES) {
            if (redirects.isPresent() && line.startsWith("probe")) {
                continue;
            }
            String said = line.replace(
                            "HERE", "127.0.0.1:" + server.getAddress().getPort())
                    .replace("CONFIG", directory.resolve("patroni.yml").toString());
            Run run = Run.in(environment, "", ("--debug " + said).split(" ", -1));
            assertHarmless(line, run.out() + run.err());
        }
        here.forEach(asked -> assertHarmless(asked.method(), asked.uri()));
    }

    private static void assertHarmless(String what, String text) {
        for (String secret : List.of(REST, PROXY, DATABASE)) {
            assertThat(text).as(what).doesNotContain(secret, encoded(secret), encoded("admin:" + secret));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        here.add(asked(exchange));
        String path = exchange.getRequestURI().getPath();
        if (redirects.isPresent()) {
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + other.getAddress().getPort() + path);
            exchange.sendResponseHeaders(redirects.get(), -1);
            exchange.close();
            return;
        }
        byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
        boolean reads = exchange.getRequestMethod().equals("GET") && body.length > 0;
        exchange.sendResponseHeaders(reads ? 200 : 503, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String body(String path) {
        String api = "http://127.0.0.1:" + server.getAddress().getPort() + "/patroni";
        String another = api.replace("127.0.0.1", "127.0.0.2");
        return switch (path) {
            case "/cluster" ->
                "{\"members\":["
                        + ReducerStory.leader("a", 1).replaceAll(API_URL, "\"api_url\":\"" + api + "\"")
                        + ","
                        + ReducerStory.replica("b", 1, 0).replaceAll(API_URL, "\"api_url\":\"" + another + "\"")
                        + "]}";
            case "/patroni", "/" -> "{\"state\":\"running\",\"role\":\"master\",\"timeline\":1}";
            case "/config" -> "{\"ttl\":30}";
            case "/history" -> "[]";
            case "/version" -> "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.24\"}";
            case "/;csv" -> "# pxname,svname,status,type,\nleader,a,UP,2,\n";
            default -> "";
        };
    }

    private static Asked asked(HttpExchange exchange) {
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private static String encoded(String text) {
        String whole = Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return whole.substring(0, whole.length() - 2);
    }

    private static String plain(String authorization) {
        return new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
    }
}
