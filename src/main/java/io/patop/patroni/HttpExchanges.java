package io.patop.patroni;

import io.patop.cluster.RawAnswer;
import io.patop.net.BoundedBody;
import io.patop.net.HttpClients;
import io.patop.net.HttpPreflight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * Sends each request on a connection of its own, and ends both within a bound of time and size. It uses the JDK's
 * client and corrects habits that do not suit a cluster: requests go to an address, so that the client does no
 * unbounded name lookup and accepts an underscore in a Swarm service's name; the client does not retry; and servers
 * that do not speak HTTP are kept from it ({@link HttpPreflight}), since it would leave their connection open
 * (17.0.21 and 25). Redirects, proxies, cookies and compression are off: a node is asked once, and no other server in
 * its place.
 */
final class HttpExchanges {

    /**
     * A request.
     *
     * @param method GET, POST, PUT, PATCH or DELETE
     * @param path path with the query, relative to the API's base
     * @param json the body, if there is one
     * @param within longest wait for the whole answer
     */
    record Call(String method, String path, Optional<String> json, Duration within) {}

    /** A response; its body is complete and within the bound. */
    static final class Response {
        private final int status;
        private final Optional<String> location;
        private final byte[] body;

        Response(int status, Optional<String> location, byte[] body) {
            this.status = status;
            this.location = location;
            this.body = body;
        }

        int status() {
            return status;
        }

        Optional<String> location() {
            return location;
        }

        byte[] body() {
            return body;
        }
    }

    private final Executor executor;
    private final PatroniClient.Bounds bounds;
    private final Access access;
    private final ServerTrust trust;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Boolean> doubted = new ConcurrentHashMap<>();

    HttpExchanges(Executor executor, PatroniClient.Bounds bounds, Access access) {
        this.executor = executor;
        this.bounds = bounds;
        this.access = access;
        this.trust = new ServerTrust(access.tls());
    }

    /**
     * Sends a request to the host at this address. Fails with the connection's exception, or with a TimeoutException.
     */
    CompletableFuture<Response> send(ApiUrl url, InetAddress address, Call call) {
        return greeted(url, address, call).thenCompose(http -> exchange(url, address, call));
    }

    /**
     * Sends a request and takes an answer of any status, with at most this many bytes of its body. Fails as
     * {@link #send} does.
     */
    CompletableFuture<RawAnswer> raw(ApiUrl url, InetAddress address, Call call, int bytes) {
        return greeted(url, address, call)
                .thenCompose(http -> exchange(url, address, call, head -> new TruncatingBody(bytes), within(call)))
                .thenApply(response -> new RawAnswer(
                        response.statusCode(),
                        headers(response.headers()),
                        response.body().bytes(),
                        response.body().isCut()));
    }

    /**
     * Sends a request and passes on an answer of any length. The call's time limits the wait for the head, and again
     * for each piece.
     */
    CompletableFuture<Long> stream(ApiUrl url, InetAddress address, Call call, RawApi.Receiver receiver) {
        CompletableFuture<Void> head = new CompletableFuture<>();
        HttpResponse.BodyHandler<Long> handler = response -> {
            head.complete(null);
            return streamed(response, call, receiver);
        };
        return greeted(url, address, call)
                .thenCompose(http -> exchange(url, address, call, handler, whole -> endUnlessBegun(whole, head, call)))
                .thenApply(HttpResponse::body);
    }

    private void endUnlessBegun(CompletableFuture<?> whole, CompletableFuture<Void> head, Call call) {
        CompletableFuture.delayedExecutor(call.within().toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> {
                    if (!head.isDone()) {
                        whole.completeExceptionally(new TimeoutException());
                    }
                });
    }

    private static Consumer<CompletableFuture<?>> within(Call call) {
        return whole -> {
            CompletableFuture<?> unused = whole.orTimeout(call.within().toMillis(), TimeUnit.MILLISECONDS);
        };
    }

    private HttpResponse.BodySubscriber<Long> streamed(
            HttpResponse.ResponseInfo response, Call call, RawApi.Receiver receiver) {
        StreamedBody body = new StreamedBody(receiver, call.within(), executor);
        try {
            receiver.head(response.statusCode(), headers(response.headers()));
            return body;
        } catch (IOException untaken) {
            throw new UncheckedIOException(new StreamedBody.NotTaken(untaken));
        }
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        Map<String, String> byName = new TreeMap<>();
        headers.map().forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return byName;
    }

    private CompletableFuture<Void> greeted(ApiUrl url, InetAddress address, Call call) {
        return !url.isTls() && doubted.containsKey(url.toString())
                ? HttpPreflight.of(
                        new InetSocketAddress(address, url.port()),
                        url.at("/patroni"),
                        bounds.connect(),
                        call.within(),
                        executor)
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Response> exchange(ApiUrl url, InetAddress address, Call call) {
        return exchange(url, address, call, head -> new BoundedBody(bounds.bytes()), within(call))
                .thenApply(response -> new Response(
                        response.statusCode(), response.headers().firstValue("Location"), response.body()));
    }

    /** Sends one request. The function that limits it is given the future answer, and may end it. */
    private <T> CompletableFuture<HttpResponse<T>> exchange(
            ApiUrl url,
            InetAddress address,
            Call call,
            HttpResponse.BodyHandler<T> body,
            Consumer<CompletableFuture<?>> bound) {
        HttpClient http;
        try {
            http = clientFor(url);
        } catch (ServerTrust.Unready unready) {
            return CompletableFuture.failedFuture(unready.getCause());
        }
        CompletableFuture<HttpResponse<T>> exchange = http.sendAsync(request(url, address, call), body);
        // A copy is timed, so that cancelling the exchange really ends the connection.
        CompletableFuture<HttpResponse<T>> timed = exchange.copy();
        bound.accept(timed);
        return timed.whenComplete((response, thrown) -> {
            if (thrown == null) {
                doubted.remove(url.toString());
            } else {
                exchange.cancel(true);
                doubt(url, http, thrown);
            }
        });
    }

    /**
     * Makes the client for such URLs, which takes a while the first time. A failure is reported to the request that
     * follows.
     */
    void prepare(ApiUrl url) {
        try {
            clientFor(url);
        } catch (ServerTrust.Unready unready) {
            return;
        }
    }

    private HttpClient clientFor(ApiUrl url) {
        return clients.computeIfAbsent(url.isTls() ? url.host() : "", host -> client(url));
    }

    /**
     * Notes whether a URL answered with something other than HTTP. The client would keep such a connection, so it is
     * dropped together with it, and a bare socket is sent ahead before that host is asked again.
     */
    private void doubt(ApiUrl url, HttpClient http, Throwable thrown) {
        if (HttpPreflight.isNoHttp(thrown)) {
            doubted.put(url.toString(), true);
            clients.values().remove(http);
        } else if (!HttpPreflight.foundNoHttp(thrown)) {
            doubted.remove(url.toString());
        }
    }

    private HttpRequest request(ApiUrl url, InetAddress address, Call call) {
        URI target = url.withHost(address.getHostAddress()).at(call.path());
        HttpRequest.BodyPublisher body = call.json()
                .map(json -> HttpRequest.BodyPublishers.ofByteArray(json.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(call.method(), body)
                .header("Host", url.base().getRawAuthority())
                .header("Connection", "close")
                .header("Accept", "application/json")
                .header("User-Agent", "patop");
        call.json().ifPresent(json -> request.header("Content-Type", "application/json"));
        if (!call.method().equals("GET")) {
            access.credentials().ifPresent(given -> request.header("Authorization", given.basic()));
        }
        return request.build();
    }

    private HttpClient client(ApiUrl url) {
        HttpClient.Builder builder;
        if (url.isTls()) {
            SSLContext context = trust.contextFor(url.host());
            builder = HttpClients.tls(context).sslParameters(ServerTrust.parameters(context, url.host()));
        } else {
            builder = HttpClients.plain();
        }
        return builder.connectTimeout(bounds.connect()).executor(executor).build();
    }
}
