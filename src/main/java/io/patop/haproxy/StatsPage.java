package io.patop.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(csv(page.url())).timeout(bound).header("User-Agent", "patop");
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

    /** {@code /;csv}, {@code /stats;csv} or the older {@code /haproxy?stats;csv}; one that says so itself stays. */
    static URI csv(URI url) {
        String text = url.toString();
        return text.contains(";csv") ? url : URI.create(text + ";csv");
    }
}
