package io.patop.http;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;

/**
 * Clients that ask a server once, and nobody in its place: HTTP/1.1, no redirects, no proxy, no cookies. What
 * the JDK's client reads from system properties is said here, once; a person's own setting goes before ours.
 */
public final class HttpClients {

    static {
        // Read when the first request is made. We send to addresses, with the name in the header Host.
        setUnlessSet("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        setUnlessSet("jdk.httpclient.redirects.retrylimit", "1");
        setUnlessSet("jdk.httpclient.disableRetryConnect", "true");
        setUnlessSet("jdk.httpclient.keepalive.timeout", "0");
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

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
