package io.patop.sim.haproxy;

import io.patop.sim.http.HttpConversation;
import io.patop.sim.http.HttpService;
import io.patop.sim.http.Listener;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * HAProxy's two servers for statistics: the stats socket with its commands, and the CSV over HTTP. Both are closed
 * while HAProxy is stopped.
 */
public final class ProxyServer implements AutoCloseable {
    private static final int LONGEST_LINE = 16 << 10;

    private final Listener socket;
    private final HttpService http;
    private final Function<String, Optional<String>> commands;

    /**
     * Listens on a unix socket and on a loopback port.
     *
     * @param commands answers one command; empty while HAProxy is stopped
     * @param pages answers the requests for statistics
     */
    public ProxyServer(
            Path path, Executor threads, Function<String, Optional<String>> commands, Function<Request, Reply> pages)
            throws IOException {
        this.commands = commands;
        this.socket = Listener.onUnixSocket(path, threads, this::begin);
        HttpService service;
        try {
            service = HttpService.onLoopback(threads, pages);
        } catch (IOException noPort) {
            socket.close();
            throw noPort;
        }
        this.http = service;
    }

    public int port() {
        return http.port();
    }

    /** Handles one line of commands, or after {@code prompt} many. */
    private void begin(SocketChannel connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
        boolean interactive = false;
        for (String line = in.readLine(); line != null && line.length() <= LONGEST_LINE; line = in.readLine()) {
            StringBuilder answer = new StringBuilder();
            for (String command : line.split(";", -1)) {
                if (command.strip().equals("quit")) {
                    socket.end(connection);
                    return;
                }
                if (command.strip().equals("prompt")) {
                    interactive = !interactive;
                } else if (!command.isBlank()) {
                    Optional<String> text = commands.apply(command);
                    if (text.isEmpty()) {
                        socket.end(connection);
                        return;
                    }
                    answer.append(text.orElseThrow()).append('\n');
                }
            }
            if (interactive) {
                answer.append("> ");
            }
            HttpConversation.write(connection, answer.toString().getBytes(StandardCharsets.UTF_8));
            if (!interactive) {
                break;
            }
        }
        socket.end(connection);
    }

    /** Returns the stats page: CSV if {@code ;csv} asks for it, else a page for people. */
    public static Reply page(ProxyStats stats, Request request) {
        if (request.path().contains(";csv")) {
            return Reply.plain(stats.csv());
        }
        String text = "<html><head><title>Statistics Report for HAProxy</title></head><body><pre>" + stats.csv()
                + "</pre></body></html>\n";
        return new Reply.Answer(200, Reply.reason(200), Map.of(), "text/html", text);
    }

    @Override
    public void close() {
        socket.close();
        http.close();
    }
}
