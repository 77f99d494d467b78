package io.patop.haproxy;

import io.patop.http.HttpClients;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statistics page, as CSV: {@code ;csv} after its address. By the JDK's client; redirects are not followed. */
final class StatsPage {

    /**
     * What came.
     *
     * @param status of HTTP
     * @param body whole, within the bound
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

    /** Asks once. The caller bounds the time, and interrupts this thread at its end. */
    Reply ask(Duration bound) throws IOException, InterruptedException {
        URI target = target(csv(page.url()));
        HttpClient http = client(target, bound);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(bound)
                .header("User-Agent", "patop")
                .header("Host", page.url().getRawAuthority());
        page.login().ifPresent(login -> request.header("Authorization", login.basic()));
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new StatsSocket.TooLarge();
            }
            return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /**
     * Made once something listens there: most places are guesses, and a client for each costs a start more than
     * all else.
     */
    private synchronized HttpClient client(URI target, Duration bound) throws IOException {
        if (made.isEmpty()) {
            boolean isTls = "https".equalsIgnoreCase(target.getScheme());
            knock(target, isTls ? 443 : 80, bound);
            made = Optional.of((isTls ? HttpClients.tls(trust.context()) : HttpClients.plain()).build());
        }
        return made.get();
    }

    private static void knock(URI target, int usual, Duration bound) throws IOException {
        try (Socket socket = new Socket()) {
            int port = target.getPort() < 0 ? usual : target.getPort();
            socket.connect(new InetSocketAddress(target.getHost(), port), Math.toIntExact(bound.toMillis()));
        }
    }

    /**
     * Sent to the host's address: the client takes no name with an underscore for a host, and Swarm's services
     * ({@code patroni_haproxy}) have one. With TLS it stays by name, which the certificate is for.
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

    /** {@code /;csv}, {@code /stats;csv} or the older {@code /haproxy?stats;csv}; one that says so itself stays. */
    static URI csv(URI url) {
        String text = url.toString();
        return text.contains(";csv") ? url : URI.create(text + ";csv");
    }
}
