package io.patop.sim.rest;

import io.patop.sim.http.HttpConversation;
import io.patop.sim.http.Listener;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** One node's REST API on its port: Python's HTTP/1.0 in front of {@link RestApi}. */
public final class RestServer implements AutoCloseable {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Function<Request, CompletableFuture<Reply>> api;
    private final Executor threads;
    private final Clock clock;
    private final Listener listener;

    /** Listens on a free loopback port. */
    public RestServer(Function<Request, CompletableFuture<Reply>> api, Executor threads, Clock clock)
            throws IOException {
        this.api = api;
        this.threads = threads;
        this.clock = clock;
        this.listener = Listener.onLoopback(threads, this::begin);
    }

    public int port() {
        return listener.port();
    }

    /** Reads a request. The answer may take long, but holds no thread meanwhile. */
    private void begin(SocketChannel connection) throws IOException {
        Request request = HttpConversation.read(connection);
        var unused = api.apply(request).thenAcceptAsync(reply -> finish(connection, request, reply), threads);
    }

    private void finish(SocketChannel connection, Request request, Reply reply) {
        try {
            HttpConversation.write(connection, bytes(request, reply));
        } catch (IOException hungUp) {
            // Nobody waits for the answer any more.
        } finally {
            listener.end(connection);
        }
    }

    private byte[] bytes(Request request, Reply reply) {
        return reply.accept(new Written(request, clock)).getBytes(StandardCharsets.UTF_8);
    }

    private record Written(Request request, Clock clock) implements Reply.Visitor<String> {

        @Override
        public String answer(Reply.Answer answer) {
            StringBuilder text = new StringBuilder(first(answer.code(), answer.reason()));
            text.append("Server: BaseHTTP/0.6 Python/3.11.2\r\n");
            text.append("Date: ")
                    .append(DATE.format(clock.instant().atOffset(ZoneOffset.UTC)))
                    .append("\r\n");
            answer.headers()
                    .forEach((name, value) ->
                            text.append(name).append(": ").append(value).append("\r\n"));
            text.append("Content-Type: ").append(answer.contentType()).append("\r\n\r\n");
            return request.method().equals("HEAD") ? text.toString() : text + answer.body();
        }

        @Override
        public String statusLine(Reply.StatusLine line) {
            return first(line.code(), line.reason()) + "\r\n";
        }

        @Override
        public String dropped(Reply.Dropped dropped) {
            return "";
        }
    }

    private static String first(int code, String reason) {
        return "HTTP/1.0 " + code + " " + reason + "\r\n";
    }

    @Override
    public void close() {
        listener.close();
    }
}
