package io.patop.haproxy;

import io.patop.net.BoundedBody;
import io.patop.net.HttpClients;
import io.patop.net.HttpPreflight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the statistics page as CSV: {@code ;csv} after its address. It uses the JDK's client and corrects two of its
 * habits: a request that is given up is cancelled, since the client of Java 17 would go on waiting for a body; and a
 * server is checked on a bare socket before it is asked, since the client keeps a connection on which something other
 * than HTTP has answered.
 */
final class StatsPage {

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param body the whole body, within the bound
     */
    record Reply(int status, String body) {}

    private final ProxyEndpoint.Page page;
    private final int mostBytes;
    private final PageTrust trust;
    private Optional<HttpClient> made = Optional.empty();

    StatsPage(ProxyEndpoint.Page page, PageTrust trust, int mostBytes) {
        this.page = page;
        this.trust = trust;
        this.mostBytes = mostBytes;
    }

    /** Sends one request. The caller limits the time, and interrupts this thread at its end. */
    Reply ask(Duration bound) throws IOException, InterruptedException, TimeoutException {
        URI target = target(csv(page.url()));
        if (isNew()) {
            look(target, bound);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("User-Agent", "patop")
                .header("Host", page.url().getRawAuthority());
        page.login().ifPresent(login -> request.header("Authorization", login.basic()));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client(target).sendAsync(request.build(), head -> new BoundedBody(mostBytes));
        try {
            HttpResponse<byte[]> response = exchange.get(bound.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException failed) {
            throw asFailure(failed);
        } finally {
            exchange.cancel(true);
        }
    }

    private IOException asFailure(ExecutionException failed) {
        if (HttpPreflight.isNoHttp(failed)) {
            forget();
        }
        return failed.getCause() instanceof IOException why ? why : new IOException(failed.getCause());
    }

    /** Drops the client with the connection that it keeps; the next request begins with a check again. */
    private synchronized void forget() {
        made = Optional.empty();
    }

    /**
     * Checks that something listens there and speaks HTTP. Most addresses are guesses, and a client for each would
     * cost more than the rest of the start.
     */
    private void look(URI target, Duration bound) throws IOException, InterruptedException, TimeoutException {
        boolean isTls = isTls(target);
        InetSocketAddress place =
                new InetSocketAddress(target.getHost(), target.getPort() >= 0 ? target.getPort() : isTls ? 443 : 80);
        if (isTls) {
            try (Socket socket = new Socket()) {
                socket.connect(place, Math.toIntExact(bound.toMillis()));
            }
            return;
        }
        try {
            HttpPreflight.of(place, csv(page.url()), bound, bound, task -> new Thread(task, "patop-haproxy").start())
                    .get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw asFailure(failed);
        }
    }

    private synchronized boolean isNew() {
        return made.isEmpty();
    }

    private synchronized HttpClient client(URI target) throws IOException {
        if (made.isEmpty()) {
            made = Optional.of((isTls(target) ? HttpClients.tls(trust.context()) : HttpClients.plain()).build());
        }
        return made.get();
    }

    private static boolean isTls(URI target) {
        return "https".equalsIgnoreCase(target.getScheme());
    }

    /**
     * Returns the URL with the host's address, since the client does not accept a name with an underscore, as Swarm's
     * services have ({@code patroni_haproxy}). With TLS the name stays, since the certificate is for it.
     */
    private static URI target(URI url) throws IOException {
        String authority = url.getRawAuthority();
        if (url.getHost() != null || "https".equalsIgnoreCase(url.getScheme())) {
            return url;
        }
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String address = InetAddress.getByName(host).getHostAddress();
        String literal = address.contains(":") ? "[" + address + "]" : address;
        return URI.create(url.toString().replaceFirst(Pattern.quote(host), Matcher.quoteReplacement(literal)));
    }

    /**
     * Returns the URL of the CSV: {@code /;csv}, {@code /stats;csv} or the older {@code /haproxy?stats;csv}. A URL
     * that asks for CSV itself stays.
     */
    static URI csv(URI url) {
        String text = url.toString();
        return text.contains(";csv") ? url : URI.create(text + ";csv");
    }
}
