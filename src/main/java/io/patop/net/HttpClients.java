package io.patop.net;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;

/**
 * Clients that ask a server once, and nobody in its place: HTTP/1.1, no redirects, no proxy, no cookies
 * ({@link JdkSettings}).
 */
public final class HttpClients {

    static {
        JdkSettings.apply();
    }

    private HttpClients() {}

    /** For http alone. */
    public static HttpClient.Builder plain() {
        return tls(NoTls.context());
    }

    /** For https too. */
    public static HttpClient.Builder tls(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(context);
    }
}
