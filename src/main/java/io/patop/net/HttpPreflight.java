package io.patop.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Checks whether a server speaks HTTP, on a bare socket that is closed in every case. The check goes ahead of the
 * JDK's client to a host that has answered with something else before. For plain HTTP only; servers that speak TLS
 * are not checked.
 */
public final class HttpPreflight {

    private static final String HTTP = "HTTP/1.";

    /** Something other than HTTP answered. */
    public static final class NoHttp extends ProtocolException {
        NoHttp() {
            super("no HTTP");
        }
    }

    private HttpPreflight() {}

    /**
     * Completes when HTTP was spoken; fails with {@link NoHttp} or with the connection's exception.
     *
     * @param to the address
     * @param url the URL that will be asked there
     * @param connect time limit for connecting
     * @param within time limit for the whole check
     * @param executor runs the check, which blocks
     */
    public static CompletableFuture<Void> of(
            InetSocketAddress to, URI url, Duration connect, Duration within, Executor executor) {
        Socket socket = new Socket();
        CompletableFuture<Void> greeting = new CompletableFuture<>();
        executor.execute(() -> {
            try (socket) {
                socket.connect(to, Math.toIntExact(connect.toMillis()));
                greet(socket, url);
                greeting.complete(null);
            } catch (IOException | RuntimeException thrown) {
                greeting.completeExceptionally(thrown);
            }
        });
        return greeting.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, thrown) -> {
            try {
                socket.close();
            } catch (IOException already) {
                throw new CompletionException(already);
            }
        });
    }

    /** Returns whether a preflight failed because the server does not speak HTTP. */
    public static boolean foundNoHttp(Throwable thrown) {
        return thrown instanceof NoHttp || thrown.getCause() instanceof NoHttp;
    }

    /**
     * Returns whether the answer was not HTTP, by the messages of the JDK's client (17 and 25) if it has no type for
     * it.
     */
    public static boolean isNoHttp(Throwable thrown) {
        String last = "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
                return true;
            }
            last = cause.getMessage() == null ? last : cause.getMessage();
        }
        return last.toLowerCase(Locale.ROOT).contains("chunk size") || last.startsWith("Invalid chunk");
    }

    private static void greet(Socket socket, URI url) throws IOException {
        String request = "OPTIONS " + url.getRawPath() + " HTTP/1.0\r\nHost: " + url.getRawAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        String start = new String(answer.readNBytes(HTTP.length()), StandardCharsets.ISO_8859_1);
        if (!start.equals(HTTP)) {
            throw new NoHttp();
        }
    }
}
