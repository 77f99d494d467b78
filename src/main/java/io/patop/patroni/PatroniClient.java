package io.patop.patroni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.RawAnswer;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.RestartRequest;
import io.patop.cluster.SwitchoverRequest;
import io.patop.net.NameLookups;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Asks a Patroni node's REST API and sends commands to it, one request at a time, bounded in time (name, connection,
 * and the whole answer) and in size. A node that is down, slow or not Patroni is an {@link Answer} with the reason,
 * never an exception.
 *
 * <p>Patroni answers in HTTP/1.0 and closes each connection (3.0.2 and 4.1.4), so nothing is kept open between
 * requests. Redirects are not followed: Patroni sends none, and another host is not the node. No proxy is used, as in
 * patronictl.
 */
public final class PatroniClient implements NodeApi, NodeCommands, RawApi {

    /**
     * The bounds of one request.
     *
     * @param connect limit for the name lookup, and again for connecting
     * @param answer limit for the whole answer, from the end of the name lookup
     * @param bytes size of the largest body that is read
     */
    public record Bounds(Duration connect, Duration answer, int bytes) {

        /** Enough for a busy node and for 10,000 members, and short enough for a dead node. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofMillis(1500), Duration.ofSeconds(3), 8 << 20);
    }

    /**
     * How long a node may take for a command in addition to the bound of an answer, since it answers when the command
     * is done.
     *
     * @param write for writing to the DCS; Patroni tries for retry_timeout, 10 s
     * @param change for a change of leader; Patroni waits for two times loop_wait, 20 s or more, as patronictl of
     *     4.1 does
     * @param start for starting PostgreSQL; Patroni waits for primary_start_timeout, 300 s
     * @param stop for stopping PostgreSQL before that, with its last checkpoint
     */
    record Patience(Duration write, Duration change, Duration start, Duration stop) {

        static final Patience DEFAULT = new Patience(
                Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofSeconds(300), Duration.ofSeconds(120));
    }

    /** Converts a body into a value. */
    private interface Reading<T> {
        T read(JsonNode tree) throws PatroniJson.NotPatroni;
    }

    private final Executor executor;
    private final HttpExchanges exchanges;
    private final PasswordRecipients recipients;
    private final boolean hasPassword;
    private final NameLookups lookups;
    private final Bounds bounds;
    private final Patience patience;

    /** Makes a client without credentials that trusts the JDK's certificate authorities. */
    public PatroniClient(Executor executor, Bounds bounds) {
        this(executor, bounds, Access.OPEN);
    }

    /**
     * Makes a client with credentials and trust settings.
     *
     * @param executor runs a thread for each request under way: a cached pool
     * @param bounds the bounds of each request
     * @param access credentials and TLS; its files are read when the first https URL is asked
     */
    public PatroniClient(Executor executor, Bounds bounds, Access access) {
        this(executor, bounds, access, InetAddress::getAllByName);
    }

    PatroniClient(Executor executor, Bounds bounds, Access access, NameLookups.Resolver resolver) {
        this(executor, bounds, access, resolver, Patience.DEFAULT);
    }

    PatroniClient(Executor executor, Bounds bounds, Access access, NameLookups.Resolver resolver, Patience patience) {
        this.executor = executor;
        this.exchanges = new HttpExchanges(executor, bounds, access);
        this.recipients = new PasswordRecipients(access.tls());
        this.hasPassword = access.credentials().isPresent();
        this.lookups = new NameLookups(resolver);
        this.bounds = bounds;
        this.patience = patience;
    }

    /** Prepares requests to this URL in the background, so that the first answer comes sooner. */
    public void prepare(ApiUrl url) {
        executor.execute(() -> exchanges.prepare(url));
    }

    @Override
    public void given(Collection<ApiUrl> urls) {
        recipients.give(urls);
    }

    @Override
    public Optional<String> withheld(ApiUrl url) {
        return hasPassword ? recipients.refusal(url) : Optional.empty();
    }

    @Override
    public CompletableFuture<Answer<ClusterView>> cluster(ApiUrl url) {
        return get(url, "/cluster", PatroniJson::cluster).thenApply(answer -> {
            answer.value().ifPresent(view -> recipients.listed(url, view));
            return answer;
        });
    }

    @Override
    public CompletableFuture<Answer<NodeStatus>> node(ApiUrl url) {
        return get(url, "/patroni", PatroniJson::node);
    }

    @Override
    public CompletableFuture<Answer<History>> history(ApiUrl url) {
        return get(url, "/history", PatroniJson::history);
    }

    @Override
    public CompletableFuture<Answer<DynamicConfig>> config(ApiUrl url) {
        return get(url, "/config", PatroniJson::config);
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> restart(
            ApiUrl url, RestartRequest request, Optional<PatroniVersion> version) {
        Duration within = request.at().isPresent()
                ? patience.write()
                : request.timeout().orElse(patience.start()).plus(patience.stop());
        return tell(url, "POST", "/restart", Optional.of(RequestJson.of(request, version)), within);
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> cancelRestart(ApiUrl url) {
        return tell(url, "DELETE", "/restart", Optional.empty(), patience.write());
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> reload(ApiUrl url) {
        return tell(url, "POST", "/reload", Optional.empty(), patience.write());
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> reinitialize(ApiUrl url, ReinitializeRequest request) {
        return tell(url, "POST", "/reinitialize", Optional.of(RequestJson.of(request)), patience.write());
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> switchover(ApiUrl url, SwitchoverRequest request) {
        Duration within = request.at().isPresent() ? patience.write() : patience.change();
        return tell(url, "POST", "/switchover", Optional.of(RequestJson.of(request)), within);
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> failover(ApiUrl url, String candidate) {
        return tell(url, "POST", "/failover", Optional.of(RequestJson.failoverTo(candidate)), patience.change());
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> cancelSwitchover(ApiUrl url) {
        return tell(url, "DELETE", "/switchover", Optional.empty(), patience.write());
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> patchConfig(ApiUrl url, Map<String, ?> changes) {
        return tell(url, "PATCH", "/config", Optional.of(RequestJson.of(changes)), patience.write());
    }

    @Override
    public CompletableFuture<Answer<CommandReply>> putConfig(ApiUrl url, Map<String, ?> config) {
        return tell(url, "PUT", "/config", Optional.of(RequestJson.of(config)), patience.write());
    }

    private CompletableFuture<Answer<CommandReply>> tell(
            ApiUrl url, String method, String path, Optional<String> json, Duration patient) {
        Optional<String> refusal = withheld(url);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(new Answer.Missing<>(
                    new Failure(Failure.Kind.WITHHELD, url + ": not sent, to keep the password: " + refusal.get()),
                    Duration.ZERO));
        }
        long start = System.nanoTime();
        Bounds within = new Bounds(bounds.connect(), bounds.answer().plus(patient), bounds.bytes());
        return address(url.host())
                .thenCompose(address ->
                        exchanges.send(url, address, new HttpExchanges.Call(method, path, json, within.answer())))
                .handleAsync(
                        (response, thrown) -> {
                            Duration took = Duration.ofNanos(System.nanoTime() - start);
                            return thrown == null
                                    ? CommandReplies.of(url + path, response, took)
                                    : new Answer.Missing<>(RequestFailures.ofCommand(thrown, url, within), took);
                        },
                        executor);
    }

    @Override
    public CompletableFuture<Answer<RawAnswer>> get(ApiUrl url, String path, int bytes) {
        HttpExchanges.Call call = rawCall(url, path);
        return answered(url, address(url.host()).thenCompose(address -> exchanges.raw(url, address, call, bytes)));
    }

    @Override
    public CompletableFuture<Answer<Long>> stream(ApiUrl url, String path, Receiver receiver) {
        HttpExchanges.Call call = rawCall(url, path);
        return answered(
                url, address(url.host()).thenCompose(address -> exchanges.stream(url, address, call, receiver)));
    }

    private HttpExchanges.Call rawCall(ApiUrl url, String path) {
        if (!path.startsWith("/") || url.at(path).getRawFragment() != null) {
            throw new IllegalArgumentException("a path begins with / and has no #, unlike " + path);
        }
        return new HttpExchanges.Call("GET", path, Optional.empty(), bounds.answer());
    }

    private <T> CompletableFuture<Answer<T>> answered(ApiUrl url, CompletableFuture<T> exchange) {
        long start = System.nanoTime();
        return exchange.handleAsync(
                (value, thrown) -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    return thrown == null
                            ? new Answer.Given<>(value, took)
                            : new Answer.Missing<>(RequestFailures.of(thrown, url, bounds), took);
                },
                executor);
    }

    private <T> CompletableFuture<Answer<T>> get(ApiUrl url, String path, Reading<T> reading) {
        long start = System.nanoTime();
        return address(url.host())
                .thenCompose(address -> exchanges.send(
                        url, address, new HttpExchanges.Call("GET", path, Optional.empty(), bounds.answer())))
                .handleAsync(
                        (response, thrown) -> {
                            Duration took = Duration.ofNanos(System.nanoTime() - start);
                            return thrown == null
                                    ? read(url, path, response, reading, took)
                                    : new Answer.Missing<>(RequestFailures.of(thrown, url, bounds), took);
                        },
                        executor);
    }

    private CompletableFuture<InetAddress> address(String host) {
        return lookups.of(host)
                .copy()
                .orTimeout(bounds.connect().toMillis(), TimeUnit.MILLISECONDS)
                .handle((address, thrown) -> {
                    if (thrown != null) {
                        throw new RequestFailures.NotLookedUp(thrown);
                    }
                    return address;
                });
    }

    private static <T> Answer<T> read(
            ApiUrl url, String path, HttpExchanges.Response response, Reading<T> reading, Duration took) {
        if (response.status() != 200) {
            return new Answer.Missing<>(HttpErrors.of(url + path, response), took);
        }
        try {
            return new Answer.Given<>(reading.read(PatroniJson.tree(response.body())), took);
        } catch (PatroniJson.NotPatroni notPatroni) {
            return new Answer.Missing<>(RequestFailures.notPatroni(url + path, notPatroni), took);
        }
    }
}
