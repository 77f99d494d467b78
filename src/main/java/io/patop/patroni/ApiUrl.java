package io.patop.patroni;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a node's REST API is: scheme, host, port and perhaps a path in front, as a person types it or as the
 * member published it.
 *
 * @param base with scheme and port, without the closing slash
 */
public record ApiUrl(URI base) {

    /** Patroni's documented port, where a person names none. */
    public static final int DEFAULT_PORT = 8008;

    /**
     * Reads what people type: {@code patroni1}, {@code patroni1:8091}, {@code http://10.0.0.1:8008},
     * {@code https://[2001:db8::1]:8008/base}, and what members publish, {@code http://host:port/patroni}.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static ApiUrl parse(String text) {
        String url = text.contains("://") ? text : "http://" + text;
        URI uri;
        try {
            uri = new URI(url).parseServerAuthority();
        } catch (URISyntaxException notOne) {
            throw refused(text, "it cannot be read as http://HOST:PORT");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(text, "only http and https are spoken here");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw refused(text, "it names no host");
        }
        if (uri.getUserInfo() != null) {
            throw refused(hidden(text), "credentials do not belong in a URL; put them into the configuration file");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw refused(text, "a query or fragment has no meaning here");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw refused(text, "a port is 1 to 65535");
        }
        int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
        return new ApiUrl(URI.create(scheme + "://" + uri.getHost() + ":" + port + basePath(uri.getRawPath())));
    }

    /** The URL of one endpoint, e.g. of {@code /cluster}. */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** The host, an IPv6 address without its brackets. */
    public String host() {
        String host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The same place on another host. */
    public ApiUrl withHost(String host) {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return new ApiUrl(URI.create(base.getScheme() + "://" + bracketed + ":" + base.getPort() + base.getRawPath()));
    }

    @Override
    public String toString() {
        return base.toString();
    }

    private static String basePath(String path) {
        String kept = path == null ? "" : path;
        while (kept.endsWith("/")) {
            kept = kept.substring(0, kept.length() - 1);
        }
        return kept.endsWith("/patroni") ? kept.substring(0, kept.length() - "/patroni".length()) : kept;
    }

    private static String hidden(String text) {
        return text.replaceFirst("://[^@]*@", "://…@");
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("not a URL of a Patroni REST API: " + text + ": " + why);
    }
}
