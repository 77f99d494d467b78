package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patop.PatopProcess;
import io.patop.command.shell.ColorOption;
import io.patop.command.shell.TerminalText;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code patop get} as a process of its own, as scripts run it; and what it makes of bodies for a terminal. */
@Timeout(180)
class GetCommandTest {

    private static final byte[] PIECE = "{\"a\": [1, 2, 3]}\n".repeat(4096).getBytes(StandardCharsets.UTF_8);

    /** What a run of the program gave; a char of the output is a byte of it. */
    private record Run(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"/cluster", "/patroni", "/metrics", "/config", "/history"})
    void inAPipeTheBodyIsByteForByteWhatANodeSends(String path) throws Exception {
        try (SimulatedCluster cluster = still()) {
            URI rest = cluster.nodes().get(0).rest();
            URI endpoint = URI.create(rest + path);
            Run run = patop("get", cluster.nodes().get(0).name(), path, "-u", "" + rest);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(atNoTime(run.out())).isEqualTo(atNoTime(plain(endpoint)));
        }
    }

    /** Without the one figure that differs from second to second, of as many digits in each. */
    private static String atNoTime(String body) {
        return body.replaceAll("(dcs_last_seen(?:\": |\\{\\S+ ))\\d{10}", "$1 then");
    }

    private static String plain(URI endpoint) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .body();
    }

    @Test
    void aCodeOf400AndMoreIsToldInALineAndTheBodyPrintedAllTheSame() throws Exception {
        try (SimulatedCluster cluster = still()) {
            String rest = "" + cluster.nodes().get(0).rest();
            Run run = patop("get", rest, "/replica?lag=1MB");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).isEqualTo("patop: GET " + rest + "/replica?lag=1MB: 503 Service Unavailable\n");
            assertThat(run.out()).startsWith("{\"state\"");
        }
    }

    @Test
    void aPathSelectsAndHeadersAreIncludedOnRequest() throws Exception {
        try (SimulatedCluster cluster = still()) {
            String rest = "" + cluster.nodes().get(0).rest();

            assertThat(patop("get", rest, "/cluster", "--path", ".members[].name")
                            .out())
                    .isEqualTo("\"patroni1\"\n\"patroni2\"\n\"patroni3\"\n");
            assertThat(patop("get", rest, "/cluster", "--path", ".members[1].name", "--raw")
                            .out())
                    .isEqualTo("patroni2\n");
            assertThat(patop("get", "-i", rest, "/metrics").out())
                    .startsWith("HTTP 200 OK\ncontent-type: text/plain\n")
                    .contains("\n\n# HELP patroni_version");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get nobody /patroni -u URL|1|there is no member nobody: the members are patroni1, patroni2, patroni3",
                "get patroni1 /patroni -u 127.0.0.1:1|3|connection refused",
                "get 127.0.0.1:1|3|connection refused",
                "get URL /cluster --path .members[|2|not a path",
                "get URL /cluster --path .members.x|1|is asked of an array",
                "get URL /metrics --path .x|1|no JSON",
                "get URL patroni|2|not a path of an endpoint: patroni",
                "get ftp://x /patroni|2|only http and https",
                "get|2|Missing argument 'MEMBER'."
            })
    void oneLineAndTheRightCode(String arguments, int code, String said) throws Exception {
        try (SimulatedCluster cluster = still()) {
            Run run = patop(
                    arguments.replace("URL", "" + cluster.nodes().get(0).rest()).split(" ", -1));

            assertThat(run.err()).startsWith("patop: ").contains(said).hasLineCount(1);
            assertThat(run.code()).isEqualTo(code);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void twoHundredMegabytesPassThroughASmallHeap() throws Exception {
        int pieces = 200_000_000 / PIECE.length + 1;
        HttpServer server = serving("application/json", out -> {
            for (int i = 0; i < pieces; i++) {
                out.write(PIECE);
            }
        });
        Process process = start(List.of("-Xmx24m"), "get", url(server));
        long count = 0;
        try (InputStream printed = process.getInputStream()) {
            byte[] chunk = new byte[PIECE.length];
            for (int read = printed.readNBytes(chunk, 0, chunk.length);
                    read > 0;
                    read = printed.readNBytes(chunk, 0, chunk.length)) {
                assertThat(chunk).isEqualTo(PIECE);
                count += read;
            }
        } finally {
            server.stop(0);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(count).isEqualTo((long) pieces * PIECE.length);
    }

    @Test
    void aClosedPipeEndsItQuietly() throws Exception {
        HttpServer server = serving("text/plain", out -> {
            while (!Thread.currentThread().isInterrupted()) {
                out.write(PIECE);
            }
        });
        Process process = start(List.of(), "get", url(server));
        assertThat(process.getInputStream().read()).isEqualTo('{');
        process.getInputStream().close();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.exitValue()).isZero();
        server.stop(0);
    }

    @Test
    void onATerminalJsonIsLaidOutColouredAndFit() throws Exception {
        assertThat(printed(true, true, "{\"n\": \"a\u0007\u202e\", \"x\": [1e400, null]}"))
                .isEqualTo(String.join(
                        "\n",
                        "{",
                        "  \u001b[36m\"n\"\u001b[0m: \u001b[32m\"a\\u0007\\u202e\"\u001b[0m,",
                        "  \u001b[36m\"x\"\u001b[0m: [",
                        "    \u001b[1m1e400\u001b[0m,",
                        "    \u001b[35mnull\u001b[0m",
                        "  ]",
                        "}",
                        ""));
        assertThat(printed(true, false, "[1, \"é日\"]")).isEqualTo("[\n  1,\n  \"é日\"\n]\n");
    }

    @Test
    void onATerminalTextIsFit() throws Exception {
        assertThat(printed(false, true, "a\r\n\tb\u001b[31mred\u009b\nno end"))
                .isEqualTo("a\n\tb\uFFFD[31mred\uFFFD\nno end\n");
    }

    @Test
    void aCharacterThatIsCutBetweenPiecesIsWholeAgain() throws Exception {
        byte[] bytes = "[\"é日😀\"]".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TerminalText text = new TerminalText(out, true, false);
        for (byte each : bytes) {
            text.accept(ByteBuffer.wrap(new byte[] {each}));
        }
        text.end();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[\n  \"é日😀\"\n]\n");
    }

    @Test
    void colourInAPipeOnlyWhereItIsAskedFor() {
        ColorOption auto = new ColorOption();

        assertThat(auto.isPrinted(false, Map.of("TERM", "xterm"))).isFalse();
        assertThat(auto.isPrinted(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(auto.isPrinted(true, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
    }

    private static String printed(boolean json, boolean colored, String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TerminalText text = new TerminalText(out, json, colored);
        text.accept(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        text.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SimulatedCluster still() throws Exception {
        return SimulatedCluster.start(SimulationOptions.defaults().withSpeed(0.01));
    }

    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    private static HttpServer serving(String type, Body body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                body.write(out);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Run patop(String... arguments) throws Exception {
        Process process = start(List.of(), arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private static Process start(List<String> options, String... arguments) throws IOException {
        return PatopProcess.with(options, List.of(arguments)).start();
    }
}
