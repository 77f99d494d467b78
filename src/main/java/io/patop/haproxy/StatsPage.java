package io.patop.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * The statistics page, as CSV: {@code ;csv} after its address. Redirects are not followed, and no connection outlives
 * its request. Not by the JDK's client: of 17 it goes on waiting for a body when its thread is interrupted, and holds on
 * to a connection on which something other than HTTP answered.
 */
final class StatsPage implements AutoCloseable {

    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(1 << 16)
            .setMaxHeaderCount(200)
            .build();

    /**
     * What came.
     *
     * @param status of HTTP
     * @param body whole, within the bound
     */
    record Reply(int status, String body) {}

    private final ProxyEndpoint.Page page;
    private final PageTrust trust;
    private final int mostBytes;
    private final int mostRequests;
    private Optional<CloseableHttpClient> made = Optional.empty();

    StatsPage(ProxyEndpoint.Page page, PageTrust trust, int mostBytes, int mostRequests) {
        this.page = page;
        this.trust = trust;
        this.mostBytes = mostBytes;
        this.mostRequests = mostRequests;
    }

    /** One request, which ends what it does when it is cancelled. */
    static HttpGet request(ProxyEndpoint.Page page, Duration bound) {
        HttpGet request = new HttpGet(csv(page.url()));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(bound))
                .setResponseTimeout(Timeout.of(bound))
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false)
                .setAuthenticationEnabled(false)
                .build());
        request.setHeader("User-Agent", "patop");
        page.login().ifPresent(login -> request.setHeader("Authorization", login.basic()));
        return request;
    }

    /** Asks once. The caller bounds the time, and cancels the request at its end. */
    Reply ask(HttpGet request, Duration bound) throws IOException {
        HttpHost host = new HttpHost(page.url().getScheme(), request.getAuthority());
        if (isNew()) {
            knock(host, bound);
        }
        return client().execute(
                        host, request, response -> new Reply(response.getCode(), read(request, response.getEntity())));
    }

    @Override
    public synchronized void close() {
        made.ifPresent(http -> http.close(CloseMode.IMMEDIATE));
    }

    private synchronized boolean isNew() {
        return made.isEmpty();
    }

    /** Most places are guesses, and a client for each costs a start more than all else: something must listen there. */
    private static void knock(HttpHost host, Duration bound) throws IOException {
        int port = host.getPort() >= 0 ? host.getPort() : isTls(host.getSchemeName()) ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHostName(), port), Math.toIntExact(bound.toMillis()));
        }
    }

    private synchronized CloseableHttpClient client() throws IOException {
        if (made.isEmpty()) {
            made = Optional.of(HttpClients.custom()
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setMaxConnTotal(mostRequests)
                            .setMaxConnPerRoute(mostRequests)
                            .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                    .http1Config(HEADERS)
                                    .build())
                            .setTlsSocketStrategy(tls())
                            .setDefaultConnectionConfig(ConnectionConfig.custom()
                                    .setConnectTimeout(Timeout.ofSeconds(5))
                                    .build())
                            .build())
                    .setConnectionReuseStrategy((request, response, context) -> false)
                    .disableAutomaticRetries()
                    .disableCookieManagement()
                    .disableAuthCaching()
                    .build());
        }
        return made.get();
    }

    /** Where no TLS is spoken none is set up: that would read all the certificates that Java trusts. */
    private TlsSocketStrategy tls() throws IOException {
        if (!isTls(page.url().getScheme())) {
            return (socket, target, port, attachment, context) -> {
                throw new IOException("no TLS is spoken here");
            };
        }
        return trust.anybody()
                ? new DefaultClientTlsStrategy(
                        trust.context(), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE)
                : new DefaultClientTlsStrategy(trust.context());
    }

    private static boolean isTls(String scheme) {
        return "https".equalsIgnoreCase(scheme);
    }

    /** Does not close the stream: that would read the rest of an endless body. */
    private String read(HttpGet request, HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream in = entity.getContent();
        byte[] bytes = in.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            request.cancel();
            throw new StatsSocket.TooLarge();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@code /;csv}, {@code /stats;csv} or the older {@code /haproxy?stats;csv}; one that says so itself stays. */
    static URI csv(URI url) {
        String text = url.toString();
        return text.contains(";csv") ? url : URI.create(text + ";csv");
    }
}
