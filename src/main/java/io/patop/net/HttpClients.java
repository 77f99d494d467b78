package io.patop.net;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;

/**
 * Builds HTTP clients that ask a server once, and no other server in its place: HTTP/1.1, no redirects, no proxy, no
 * cookies ({@link JdkSettings}).
 */
public final class HttpClients {

    static {
        JdkSettings.apply();
    }

    private HttpClients() {}

    /** Returns a builder for http alone. */
    public static HttpClient.Builder plain() {
        return tls(NoTls.context());
    }

    /** Returns a builder for https too. */
    public static HttpClient.Builder tls(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(context);
    }
}
