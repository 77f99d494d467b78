package io.patop.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    static {
        // Read by the JDK's client when its first request is made; a person's own setting goes before ours.
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        }
    }

    private final ProxyEndpoint.Page page;
    private final int mostBytes;
    private final HttpClient http;

    StatsPage(ProxyEndpoint.Page page, PageTrust trust, int mostBytes) throws IOException {
        this.page = page;
        this.mostBytes = mostBytes;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY);
        trust.context().ifPresent(builder::sslContext);
        http = builder.build();
    }

    /** Asks once. The caller bounds the time, and interrupts this thread at its end. */
    Reply ask(Duration bound) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target(csv(page.url())))
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
