package io.patop.docker;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to a Docker Engine over its unix socket or TCP, bounded in time and size. A request runs in a thread of its
 * own and its caller waits no longer than the bound: a socket timeout alone does not bound a slow drip of bytes, and
 * cancelling a request does not wake a read from a unix socket (HttpClient 5.6, seen); an interrupt does.
 */
final class EngineTransport implements AutoCloseable {

    /** Largest number of requests at one time; more are refused, so that they do not pile up before a hung engine. */
    private static final int MOST_REQUESTS = 8;

    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(1 << 16)
            .setMaxHeaderCount(200)
            .build();

    /** The body of an answer, of whatever status. */
    record Reply(int status, String body) {}

    /** Reads as much of a body as it needs. */
    interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * The answer of a request whose body is read as it comes.
     *
     * @param value what was read; empty if the engine refused
     * @param refusal the engine's refusal; without a body if it did not refuse
     */
    record Streamed<T>(Optional<T> value, Reply refusal) {}

    private final DockerEndpoint endpoint;
    private final EngineFailures failures;
    private final int mostBytes;
    private final TlsSocketStrategy tls;
    private final Optional<SshTunnel> tunnel;
    private final ExecutorService requests;
    private Optional<CloseableHttpClient> made = Optional.empty();

    EngineTransport(DockerEndpoint endpoint, int mostBytes) throws IOException {
        this.endpoint = endpoint;
        this.failures = new EngineFailures(endpoint);
        this.mostBytes = mostBytes;
        tls = tls(endpoint);
        tunnel = endpoint instanceof DockerEndpoint.Ssh ssh
                ? Optional.of(new SshTunnel(ssh, System.getenv()))
                : Optional.empty();
        requests = new ThreadPoolExecutor(0, MOST_REQUESTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons());
    }

    /**
     * Sends one request and waits for the whole answer.
     *
     * @param bound longest duration; zero or less fails at once
     */
    Answer<Reply> send(String method, String path, String body, Duration bound) {
        HttpUriRequestBase request = request(method, path, body, bound);
        return bounded(
                request,
                () -> client().execute(
                                routed(request),
                                response -> new Reply(response.getCode(), read(request, response.getEntity()))),
                bound);
    }

    /** Sends a GET whose body is read as it comes, and perhaps not to its end. */
    <T> Answer<Streamed<T>> stream(String path, Reading<T> reading, Duration bound) {
        HttpUriRequestBase request = request("GET", path, "", bound);
        return bounded(request, () -> streamed(request, reading), bound);
    }

    private <T> Streamed<T> streamed(HttpUriRequestBase request, Reading<T> reading) throws IOException {
        AtomicReference<Streamed<T>> whole = new AtomicReference<>();
        try {
            return client().execute(routed(request), response -> {
                int status = response.getCode();
                if (status / 100 != 2) {
                    return new Streamed<>(Optional.empty(), new Reply(status, read(request, response.getEntity())));
                }
                InputStream in = response.getEntity() == null
                        ? InputStream.nullInputStream()
                        : response.getEntity().getContent();
                whole.set(new Streamed<>(Optional.of(reading.read(in)), new Reply(status, "")));
                if (in.read() >= 0) {
                    request.cancel();
                }
                return whole.get();
            });
        } catch (IOException brokenOff) {
            // A body that is not wanted to its end is broken off on purpose.
            if (whole.get() != null) {
                return whole.get();
            }
            throw brokenOff;
        }
    }

    private <T> Answer<T> bounded(HttpUriRequestBase request, Callable<T> exchange, Duration bound) {
        long start = System.nanoTime();
        if (bound.isNegative() || bound.isZero()) {
            return new Answer.Missing<>(failures.tooLate(), Duration.ZERO);
        }
        Future<T> running;
        try {
            running = requests.submit(exchange);
        } catch (RejectedExecutionException full) {
            return new Answer.Missing<>(failures.busy(), since(start));
        }
        try {
            return new Answer.Given<>(running.get(bound.toNanos(), TimeUnit.NANOSECONDS), since(start));
        } catch (TimeoutException late) {
            return missing(failures.timedOut(), start, request, running);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return missing(failures.givenUp(), start, request, running);
        } catch (ExecutionException failed) {
            return new Answer.Missing<>(
                    failures.of(failed.getCause() == null ? failed : failed.getCause()), since(start));
        }
    }

    @Override
    public void close() {
        requests.shutdownNow();
        tunnel.ifPresent(SshTunnel::close);
        synchronized (this) {
            made.ifPresent(http -> http.close(CloseMode.IMMEDIATE));
        }
    }

    /** Sends it to the engine's socket, where it has one; the way to that of another machine is opened before. */
    private HttpUriRequestBase routed(HttpUriRequestBase request) throws IOException {
        Optional<Path> socket = endpoint instanceof DockerEndpoint.Unix unix
                ? Optional.of(unix.path())
                : tunnel.isPresent() ? Optional.of(tunnel.get().open()) : Optional.empty();
        socket.ifPresent(path -> request.setConfig(RequestConfig.copy(request.getConfig())
                .setUnixDomainSocket(path)
                .build()));
        return request;
    }

    private HttpUriRequestBase request(String method, String path, String body, Duration bound) {
        // One whose time is over is never sent.
        Timeout timeout = Timeout.of(bound.isNegative() ? Duration.ZERO : bound);
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(base() + path));
        RequestConfig.Builder config = RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false);
        request.setConfig(config.build());
        if (!body.isEmpty()) {
            request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        }
        return request;
    }

    /** Ends a request: the interrupt wakes a unix socket, the cancelling a TCP socket. */
    private static <T> Answer<T> missing(Failure why, long start, HttpUriRequestBase request, Future<?> running) {
        running.cancel(true);
        request.cancel();
        return new Answer.Missing<>(why, since(start));
    }

    /** Reads a body, without closing the stream: that would read the rest of an endless body. */
    private String read(HttpUriRequestBase request, HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream in = entity.getContent();
        byte[] body = in.readNBytes(mostBytes + 1);
        if (body.length > mostBytes) {
            request.cancel();
            throw new TooLarge(mostBytes);
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private String base() {
        if (endpoint instanceof DockerEndpoint.Tcp tcp) {
            return (tcp.tls().isPresent() ? "https://" : "http://") + tcp.host() + ":" + tcp.port();
        }
        return "http://localhost";
    }

    /**
     * Returns the client, which is made by the first request: it takes a tenth of a second, for which no start should
     * wait.
     */
    private synchronized CloseableHttpClient client() {
        if (made.isEmpty()) {
            made = Optional.of(client(endpoint, tls));
        }
        return made.get();
    }

    /**
     * Makes the client. TCP connections are kept and checked before each use; a new unix connection costs nothing.
     */
    private static CloseableHttpClient client(DockerEndpoint endpoint, TlsSocketStrategy tls) {
        HttpClientBuilder builder = HttpClients.custom()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching();
        ManagedHttpClientConnectionFactory connections = ManagedHttpClientConnectionFactory.builder()
                .http1Config(HEADERS)
                .build();
        boolean isTcp = endpoint instanceof DockerEndpoint.Tcp;
        if (!isTcp) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        return builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MOST_REQUESTS)
                        .setMaxConnPerRoute(MOST_REQUESTS)
                        .setConnectionFactory(isTcp ? connections : LeakFreeUnixSocket.connections(connections))
                        .setTlsSocketStrategy(tls)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .build())
                .build();
    }

    /** Sets TLS up only if it is used: that reads all the certificates that Java trusts. */
    private static TlsSocketStrategy tls(DockerEndpoint endpoint) throws IOException {
        if (endpoint instanceof DockerEndpoint.Tcp tcp && tcp.tls().isPresent()) {
            return TlsMaterial.strategy(tcp.tls().get());
        }
        return (socket, target, port, attachment, context) -> {
            throw new IOException("no TLS is spoken here");
        };
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "patop-docker");
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The answer is larger than the bound. */
    static final class TooLarge extends IOException {
        private final int mostBytes;

        TooLarge(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        int mostBytes() {
            return mostBytes;
        }
    }
}
