package io.patop.sim.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** An HTTP/1.1 server with one complete answer per connection, for the Docker Engine and HAProxy's pages. */
public final class HttpService implements AutoCloseable {
    private final Function<Request, Reply> answers;
    private final Listener listener;

    private interface Opening {
        Listener open(Listener.Conversation conversation) throws IOException;
    }

    private HttpService(Function<Request, Reply> answers, Opening opening) throws IOException {
        this.answers = answers;
        this.listener = opening.open(this::begin);
    }

    public static HttpService onLoopback(Executor threads, Function<Request, Reply> answers) throws IOException {
        return new HttpService(answers, conversation -> Listener.onLoopback(threads, conversation));
    }

    public static HttpService onUnixSocket(Path path, Executor threads, Function<Request, Reply> answers)
            throws IOException {
        return new HttpService(answers, conversation -> Listener.onUnixSocket(path, threads, conversation));
    }

    public int port() {
        return listener.port();
    }

    private void begin(SocketChannel connection) throws IOException {
        Request request = HttpConversation.read(connection);
        if (answers.apply(request) instanceof Reply.Answer answer) {
            HttpConversation.write(connection, bytes(answer, request.method().equals("HEAD")));
        }
        listener.end(connection);
    }

    private static byte[] bytes(Reply.Answer answer, boolean headOnly) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(answer.code())
                .append(' ')
                .append(answer.reason())
                .append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.code() != 204 && answer.code() != 304) {
            head.append("Content-Type: ").append(answer.contentType()).append("\r\n");
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        String text = headOnly ? head.toString() : head + answer.body();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        listener.close();
    }
}
