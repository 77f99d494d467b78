package io.patop.patroni;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Whether what listens somewhere speaks HTTP, found out on a bare socket that is closed whatever comes: sent
 * ahead of the JDK's client to a host that has answered with something else before. Plain HTTP only; what
 * speaks TLS is not asked.
 */
final class Greeting {

    private static final String HTTP = "HTTP/1.";

    /** Something other than HTTP answered. */
    static final class NoHttp extends ProtocolException {
        NoHttp() {
            super("no HTTP");
        }
    }

    private Greeting() {}

    /** Fails with {@link NoHttp}, or with what the connection threw; done when HTTP was spoken. */
    static CompletableFuture<Void> of(
            ApiUrl url, InetAddress address, Duration connect, Duration within, Executor executor) {
        if (url.isTls()) {
            return CompletableFuture.completedFuture(null);
        }
        Socket socket = new Socket();
        CompletableFuture<Void> greeting = new CompletableFuture<>();
        executor.execute(() -> {
            try (socket) {
                socket.connect(new InetSocketAddress(address, url.port()), Math.toIntExact(connect.toMillis()));
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

    static boolean isNoHttp(Throwable thrown) {
        return thrown instanceof NoHttp || thrown.getCause() instanceof NoHttp;
    }

    private static void greet(Socket socket, ApiUrl url) throws IOException {
        String request = "OPTIONS " + url.base().getRawPath() + "/patroni HTTP/1.0\r\nHost: "
                + url.base().getRawAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        String start = new String(answer.readNBytes(HTTP.length()), StandardCharsets.ISO_8859_1);
        if (!start.equals(HTTP)) {
            throw new NoHttp();
        }
    }
}
