package io.patop.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An engine on a real unix socket that answers what a test says, in bytes: also what no HTTP server would send.
 * The answers under {@code src/test/resources} are those of a real Engine 20.10.
 */
final class FakeEngine implements AutoCloseable {

    /** How one request is answered; the connection is closed after it. */
    interface Route {
        void answer(Request request, SocketChannel to) throws IOException;
    }

    record Request(String line, String body) {}

    private final Path socket;
    private final ServerSocketChannel server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    private FakeEngine(Path socket) throws IOException {
        this.socket = socket;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        threads.execute(this::accept);
    }

    /** One that tells its version and knows nothing else. */
    static FakeEngine in(Path directory) throws IOException {
        FakeEngine engine = new FakeEngine(directory.resolve("docker.sock"));
        return engine.on("GET /version", json(200, recorded("version.json")));
    }

    /** Answers requests that begin so; the longest beginning wins. */
    FakeEngine on(String beginning, Route route) {
        routes.put(beginning, route);
        return this;
    }

    DockerEndpoint endpoint() {
        return new DockerEndpoint.Unix(socket);
    }

    /** The requests so far, without that for the version. */
    List<Request> requests() {
        return requests.stream()
                .filter(request -> !request.line().equals("GET /version"))
                .toList();
    }

    static Route json(int status, String body) {
        return (request, to) -> send(to, head(status, body.getBytes(StandardCharsets.UTF_8).length) + body);
    }

    static Route text(String whole) {
        return (request, to) -> send(to, whole);
    }

    /** Takes the request and says nothing, until the other side has had enough. */
    static Route hanging() {
        return (request, to) -> awaitEnd(to);
    }

    /** Begins an answer and never ends it. */
    static Route stuckAfter(String beginning) {
        return (request, to) -> {
            send(to, beginning);
            awaitEnd(to);
        };
    }

    /** Sends the same over and over, as fast as the other side takes it, until that closes. */
    static Route endless(String beginning, String again) {
        return (request, to) -> {
            send(to, beginning);
            while (to.isOpen()) {
                send(to, again);
            }
        };
    }

    static String head(int status, int length) {
        return "HTTP/1.1 " + status + " Some Reason\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    static String recorded(String name) {
        try (InputStream in = FakeEngine.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel each : open) {
            each.close();
        }
        threads.shutdownNow();
    }

    private static void send(SocketChannel to, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static void awaitEnd(SocketChannel to) throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(1024);
        while (to.read(ignored) >= 0) {
            ignored.clear();
        }
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            Request request = read(Channels.newInputStream(client));
            requests.add(request);
            routes.entrySet().stream()
                    .filter(route -> request.line().startsWith(route.getKey()))
                    .max(java.util.Comparator.comparing(route -> route.getKey().length()))
                    .map(Map.Entry::getValue)
                    .orElse(json(404, "{\"message\":\"page not found\"}"))
                    .answer(request, client);
        } catch (IOException gone) {
            open.remove(client);
        }
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        String line = text.substring(0, text.indexOf(" HTTP/1.1"));
        return new Request(line, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
}
