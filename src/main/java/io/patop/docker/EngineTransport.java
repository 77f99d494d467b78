package io.patop.docker;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to a Docker Engine, over its unix socket or TCP, bounded in time and size. A socket timeout does not
 * bound a slow drip, and is not kept by all unix sockets of Java, so each request is also cancelled by a
 * timer when its time is up.
 */
final class EngineTransport implements AutoCloseable {

    /** The body of an answer, of whatever status. */
    record Reply(int status, byte[] body) {}

    private final DockerEndpoint endpoint;
    private final Duration bound;
    private final int mostBytes;
    private final CloseableHttpClient http;
    private final RequestConfig config;
    private final ScheduledExecutorService timer;

    EngineTransport(DockerEndpoint endpoint, Duration bound, int mostBytes) throws IOException {
        this.endpoint = endpoint;
        this.bound = bound;
        this.mostBytes = mostBytes;
        RequestConfig.Builder settings = RequestConfig.custom()
                .setResponseTimeout(Timeout.of(bound))
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false);
        if (endpoint instanceof DockerEndpoint.Unix unix) {
            settings.setUnixDomainSocket(unix.path());
        }
        config = settings.build();
        http = client();
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "patop-docker-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    Answer<Reply> send(String method, String path, String body) {
        long start = System.nanoTime();
        HttpUriRequestBase request = new HttpUriRequestBase(method, java.net.URI.create(base() + path));
        request.setConfig(config);
        if (!body.isEmpty()) {
            request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        }
        AtomicBoolean outOfTime = new AtomicBoolean();
        ScheduledFuture<?> alarm = timer.schedule(
                () -> {
                    outOfTime.set(true);
                    request.cancel();
                },
                bound.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            Reply reply = http.execute(request, response -> new Reply(response.getCode(), read(response.getEntity())));
            return new Answer.Given<>(reply, since(start));
        } catch (IOException | RuntimeException failed) {
            return new Answer.Missing<>(failure(failed, outOfTime.get()), since(start));
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            http.close();
        } catch (IOException ignored) {
            // Nothing is left to be done with connections that cannot be closed.
            return;
        }
    }

    private byte[] read(HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(mostBytes + 1);
            if (body.length > mostBytes) {
                throw new TooLarge();
            }
            return body;
        }
    }

    private static final class TooLarge extends IOException {}

    private String base() {
        if (endpoint instanceof DockerEndpoint.Tcp tcp) {
            return (tcp.tls().isPresent() ? "https://" : "http://") + tcp.host() + ":" + tcp.port();
        }
        return "http://localhost";
    }

    private CloseableHttpClient client() throws IOException {
        HttpClientBuilder builder =
                HttpClients.custom().disableAutomaticRetries().disableCookieManagement();
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(org.apache.hc.client5.http.config.ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(bound))
                        .build());
        if (endpoint instanceof DockerEndpoint.Tcp tcp && tcp.tls().isPresent()) {
            connections.setTlsSocketStrategy(tls(tcp.tls().get()));
        }
        return builder.setConnectionManager(connections.build()).build();
    }

    private static DefaultClientTlsStrategy tls(DockerEndpoint.Tls tls) throws IOException {
        if (tls.verify()) {
            return new DefaultClientTlsStrategy(TlsMaterial.of(tls.directory()));
        }
        try {
            return new DefaultClientTlsStrategy(
                    SSLContextBuilder.create()
                            .loadTrustMaterial((chain, type) -> true)
                            .build(),
                    NoopHostnameVerifier.INSTANCE);
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private Failure failure(Exception failed, boolean outOfTime) {
        String place = endpoint.words();
        if (outOfTime || failed instanceof java.io.InterruptedIOException) {
            return new Failure(
                    Failure.Kind.TIMED_OUT,
                    "Docker at " + place + " gave no answer within " + bound.toSeconds() + " s");
        }
        if (endpoint instanceof DockerEndpoint.Unix unix) {
            if (!Files.exists(unix.path())) {
                return new Failure(Failure.Kind.ABSENT, "no Docker here: no socket at " + unix.path());
            }
            if (failed instanceof AccessDeniedException || says(failed, "permission denied")) {
                return new Failure(
                        Failure.Kind.DENIED,
                        "no permission for " + unix.path() + ": be in its group, or run patop as root");
            }
        }
        if (failed instanceof TooLarge) {
            return new Failure(
                    Failure.Kind.TOO_LARGE, "Docker at " + place + " answers more than " + (mostBytes >> 20) + " MiB");
        }
        if (failed instanceof SSLException) {
            return new Failure(
                    Failure.Kind.TLS, "Docker at " + place + ": TLS failed: " + Printable.line(message(failed)));
        }
        if (failed instanceof UnknownHostException) {
            return new Failure(Failure.Kind.UNRESOLVED, "Docker at " + place + ": the name has no address");
        }
        if (failed instanceof ConnectException || says(failed, "refused")) {
            return new Failure(Failure.Kind.REFUSED, "Docker at " + place + " is not running: connection refused");
        }
        return new Failure(
                Failure.Kind.BROKEN_OFF, "Docker at " + place + ": no answer: " + Printable.line(message(failed)));
    }

    private static boolean says(Exception failed, String words) {
        return message(failed).toLowerCase(Locale.ROOT).contains(words);
    }

    private static String message(Exception failed) {
        return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
