package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.RawAnswer;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies byte for byte, whatever the status, and bounds that hold for those without an end. */
@Timeout(120)
class RawApiTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(400);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final PatroniClient patient = new PatroniClient(executor, new PatroniClient.Bounds(LONG, LONG, 1 << 20));
    private final PatroniClient hasty = new PatroniClient(executor, new PatroniClient.Bounds(LONG, SHORT, 1 << 20));

    @AfterEach
    void threadsEnd() throws InterruptedException {
        executor.shutdownNow();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    /** What an answer was. */
    private static class Taken implements RawApi.Receiver {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int status;
        private Map<String, String> headers = Map.of();

        @Override
        public void head(int code, Map<String, String> named) {
            status = code;
            headers = named;
        }

        @Override
        public void piece(ByteBuffer piece) {
            byte[] chunk = new byte[piece.remaining()];
            piece.get(chunk);
            bytes.writeBytes(chunk);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/patroni",
                "/cluster",
                "/history",
                "/config",
                "/metrics",
                "/primary",
                "/replica?lag=16kB&tag_x=1",
                "/liveness",
                "/readiness",
                "/failsafe",
                "/no/such/thing"
            })
    void bodiesAreThoseOfAnyOtherClient(String path) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(0.01))) {
            ApiUrl url = new ApiUrl(cluster.nodes().get(1).rest());
            HttpResponse<String> before;
            RawAnswer raw;
            Taken taken;
            HttpResponse<String> after;
            do {
                before = plain(url.at(path));
                raw = patient.get(url, path, 1 << 20).get().value().orElseThrow();
                taken = new Taken();
                assertThat(patient.stream(url, path, taken).get().value()).contains((long) taken.bytes.size());
                after = plain(url.at(path));
            } while (!before.body().equals(after.body())); // answers tell the time; the timeout ends this

            assertThat(raw.status()).isEqualTo(before.statusCode()).isEqualTo(taken.status);
            assertThat(new String(raw.body(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(before.body())
                    .isEqualTo(taken.bytes.toString(StandardCharsets.ISO_8859_1));
            assertThat(raw.headers().keySet()).isEqualTo(taken.headers.keySet());
            assertThat(raw.isCut()).isFalse();
        }
    }

    private static HttpResponse<String> plain(URI endpoint) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aLongBodyIsCutAndItsConnectionEnded() throws Exception {
        try (FaultyServer server = FaultyServer.that((faulty, connection) ->
                faulty.drip(connection, FaultyServer.http10("200 OK", "text/plain", ""), "x".repeat(10_000), 0))) {
            RawAnswer answer =
                    patient.get(server.url(), "/metrics", 25_000).get().value().orElseThrow();

            assertThat(answer.isCut()).isTrue();
            assertThat(answer.text()).isEqualTo("x".repeat(25_000));
            assertThat(server.sawHangUps(1)).isTrue();
        }
    }

    @Test
    void aBodyAsLongAsTheBoundIsWhole() throws Exception {
        try (FaultyServer server = FaultyServer.saying(FaultyServer.http10("200 OK", "text/plain", "12345"))) {
            RawAnswer answer = patient.get(server.url(), "/", 5).get().value().orElseThrow();

            assertThat(answer.isCut()).isFalse();
            assertThat(answer.text()).isEqualTo("12345");
        }
    }

    @Test
    void anEndlessSlowBodyTimesOut() throws Exception {
        try (FaultyServer server = FaultyServer.that((faulty, connection) ->
                faulty.drip(connection, FaultyServer.http10("200 OK", "text/plain", ""), "x", 20))) {
            Answer<RawAnswer> answer =
                    hasty.get(server.url(), "/metrics", 1 << 20).get();

            assertThat(answer.failure()).map(Failure::kind).contains(Failure.Kind.TIMED_OUT);
            assertThat(server.sawHangUps(1)).isTrue();
        }
    }

    @Test
    void aStreamThatGoesOnIsNotBounded() throws Exception {
        try (FaultyServer server = FaultyServer.that((faulty, connection) -> {
            FaultyServer.say(connection, FaultyServer.http10("200 OK", "text/plain", ""));
            for (int i = 0; i < 20; i++) {
                FaultyServer.say(connection, "x");
                TimeUnit.MILLISECONDS.sleep(50);
            }
        })) {
            assertThat(hasty.stream(server.url(), "/", new Taken()).get().value())
                    .contains(20L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.0 200 OK\r\n", "HTTP/1.0 200 OK\r\n\r\nbegun"})
    void aStreamThatStopsTimesOut(String said) throws Exception {
        try (FaultyServer server = FaultyServer.that((faulty, connection) -> {
            FaultyServer.say(connection, said);
            faulty.waitForHangUp(connection);
        })) {
            Answer<Long> answer = hasty.stream(server.url(), "/", new Taken()).get();

            assertThat(answer.failure()).map(Failure::kind).contains(Failure.Kind.TIMED_OUT);
            assertThat(server.sawHangUps(1)).isTrue();
        }
    }

    @Test
    void aSlowReceiverCostsTheNodeNothing() throws Exception {
        try (FaultyServer server =
                FaultyServer.saying(FaultyServer.http10("200 OK", "text/plain", "x".repeat(100_000)))) {
            Taken slow = new Taken() {
                @Override
                public void piece(ByteBuffer piece) {
                    try {
                        TimeUnit.MILLISECONDS.sleep(SHORT.toMillis());
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    super.piece(piece);
                }
            };
            assertThat(hasty.stream(server.url(), "/", slow).get().value()).contains(100_000L);
        }
    }

    @Test
    void aReceiverThatTakesNoMoreEndsIt() throws Exception {
        try (FaultyServer server = FaultyServer.that((faulty, connection) ->
                faulty.drip(connection, FaultyServer.http10("200 OK", "text/plain", ""), "x".repeat(10_000), 0))) {
            Answer<Long> answer = patient.stream(server.url(), "/", new RawApi.Receiver() {
                        @Override
                        public void head(int status, Map<String, String> headers) {}

                        @Override
                        public void piece(ByteBuffer bytes) throws IOException {
                            throw new IOException("Broken pipe");
                        }
                    })
                    .get();

            assertThat(answer.failure()).isPresent();
            assertThat(server.sawHangUps(1)).isTrue();
        }
    }

    @Test
    void aBodyThatEndsTooEarlyIsNoAnswer() throws Exception {
        try (FaultyServer server = FaultyServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")) {
            assertThat(patient.get(server.url(), "/", 1000).get().failure())
                    .map(Failure::kind)
                    .contains(Failure.Kind.BROKEN_OFF);
            assertThat(patient.stream(server.url(), "/", new Taken()).get().failure())
                    .map(Failure::kind)
                    .contains(Failure.Kind.BROKEN_OFF);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patroni", "/with a blank", "/x#y", "/%zz", ""})
    void whatIsNoPathIsRefused(String path) {
        ApiUrl url = ApiUrl.parse("127.0.0.1:1");

        assertThatThrownBy(() -> patient.get(url, path, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> patient.stream(url, path, new Taken())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofTwoHundredMegabytesOnlyAPieceIsHeld() throws Exception {
        byte[] piece = new byte[1 << 16];
        try (FaultyServer server = FaultyServer.that((faulty, connection) -> {
            OutputStream out = connection.getOutputStream();
            out.write(FaultyServer.http10("200 OK", "application/json", "").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 3200; i++) {
                out.write(piece);
            }
        })) {
            long[] most = {0};
            Answer<Long> answer = patient.stream(server.url(), "/", new RawApi.Receiver() {
                        @Override
                        public void head(int status, Map<String, String> headers) {}

                        @Override
                        public void piece(ByteBuffer bytes) {
                            most[0] = Math.max(most[0], bytes.remaining());
                        }
                    })
                    .get();

            assertThat(answer.value()).contains(3200L << 16);
            assertThat(most[0]).isLessThan(1 << 20);
        }
    }
}
