package io.patop.patroni;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one GET on one connection of its own, and ends both within a bound of time and size, whatever comes.
 *
 * <p>Apache's client and not the JDK's: that one (17.0.15 and 25) leaves a connection open for ever on which
 * something other than HTTP was answered, asks twice where the first answer was none, refuses a Swarm
 * service's name for its underscore, and looks names up by itself, without a bound. Retries, redirects,
 * proxies, cookies and compression are off: a node is asked once, and nobody in its place.
 */
final class Exchanges {

    /** What came back; the body is whole and within its bound. */
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

    /** The body is longer than the bound. */
    static final class TooLarge extends IOException {
        TooLarge(int bound) {
            super("the answer is longer than " + (bound >> 10) + " KiB");
        }
    }

    private static final int MOST_CONNECTIONS = 10_000;
    private static final int LONGEST_HEADER_LINE = 16 << 10;
    private static final int MOST_HEADERS = 200;

    private final Executor executor;
    private final PatroniClient.Bounds bounds;
    private final Access access;
    private final CloseableHttpClient http;
    private TlsSocketStrategy tls;

    Exchanges(Executor executor, PatroniClient.Bounds bounds, Access access) {
        this.executor = executor;
        this.bounds = bounds;
        this.access = access;
        this.http = client();
    }

    /** Asks the host at that address. Fails with what the connection threw, or with a TimeoutException. */
    CompletableFuture<Response> get(ApiUrl url, InetAddress address, String path) {
        HttpHost host = new HttpHost(url.base().getScheme(), address, url.host(), url.port());
        HttpGet get = new HttpGet(url.base().getRawPath() + path);
        get.setHeader("Accept", "application/json");
        get.setHeader("Connection", "close");
        access.credentials().ifPresent(given -> get.setHeader("Authorization", given.basic()));
        CompletableFuture<Response> response = new CompletableFuture<>();
        try {
            executor.execute(() -> exchange(host, get, response));
        } catch (RejectedExecutionException closed) {
            response.completeExceptionally(closed);
        }
        return response.orTimeout(bounds.answer().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((given, thrown) -> {
                    if (thrown != null) {
                        get.cancel();
                    }
                });
    }

    private void exchange(HttpHost host, HttpGet get, CompletableFuture<Response> response) {
        try {
            response.complete(http.execute(host, get, answer -> read(get, answer)));
        } catch (IOException | RuntimeException thrown) {
            response.completeExceptionally(thrown);
        }
    }

    private Response read(HttpGet get, ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        byte[] body = new byte[0];
        if (entity != null) {
            InputStream content = entity.getContent();
            body = content.readNBytes(bounds.bytes() + 1);
            if (body.length > bounds.bytes()) {
                // Cut off at once: closing the stream in the orderly way would read it to its end.
                get.cancel();
                throw new TooLarge(bounds.bytes());
            }
        }
        Header location = answer.getFirstHeader("Location");
        return new Response(answer.getCode(), Optional.ofNullable(location).map(Header::getValue), body);
    }

    private CloseableHttpClient client() {
        // The client's own parser skips what is not HTTP, a mail server's greeting say, and waits for more.
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(LONGEST_HEADER_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        ConnectionConfig timeouts = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(bounds.connect()))
                .setSocketTimeout(Timeout.of(bounds.answer()))
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(limits)
                                .responseParserFactory(new DefaultHttpResponseParserFactory(limits))
                                .build())
                        .setDefaultConnectionConfig(timeouts)
                        .setTlsSocketStrategy(this::overTls)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("patop")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private SSLSocket overTls(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return tls().upgrade(socket, target, port, attachment, context);
    }

    /**
     * Made when it is first needed: certificates and keys cost time (0.2 s for the JDK's own list of
     * authorities), and may be unreadable, which is of no concern to a cluster without TLS.
     */
    private synchronized TlsSocketStrategy tls() throws UnusableTls {
        if (tls == null) {
            tls = access.tls().insecure()
                    ? new DefaultClientTlsStrategy(
                            access.tls().context(), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE)
                    : new DefaultClientTlsStrategy(
                            access.tls().context(),
                            HostnameVerificationPolicy.BUILTIN,
                            HttpsSupport.getDefaultHostnameVerifier());
        }
        return tls;
    }
}
