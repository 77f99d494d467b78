package io.patop.patroni;

import io.patop.cluster.ShownAddress;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a node's REST API: scheme, host, port and perhaps a path in front, as a person types it or as the member
 * published it.
 *
 * <p>A Swarm or Compose service's name has an underscore ({@code patroni_patroni1}), which {@link URI} does not
 * accept in a host: {@code base().getHost()} is null then. Use {@link #host} and {@link #port} instead.
 *
 * @param base URL with scheme, host and port, without the closing slash
 */
public record ApiUrl(URI base) {

    /** Patroni's documented port, used if a person names none. */
    public static final int DEFAULT_PORT = 8008;

    private static final int LONGEST_HOST = 253;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]+\\]|[^:\\[\\]]*)(?::(\\d{0,6}))?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9._-]*[a-z0-9_.])?");

    public ApiUrl {
        Matcher authority = AUTHORITY.matcher(base.getRawAuthority() == null ? "" : base.getRawAuthority());
        if (!authority.matches() || authority.group(1).isEmpty() || authority.group(2) == null) {
            throw new IllegalArgumentException(
                    "a REST API is at SCHEME://HOST:PORT, not at " + ShownAddress.of(base.toString()));
        }
    }

    /**
     * Parses what people type: {@code patroni1}, {@code patroni1:8091}, {@code http://10.0.0.1:8008},
     * {@code https://[2001:db8::1]:8008/base}, and what members publish, {@code http://host:port/patroni}.
     *
     * @throws IllegalArgumentException with one line that says what is wrong, and hides a password
     */
    public static ApiUrl parse(String text) {
        String typed = text.strip();
        URI uri;
        try {
            uri = new URI(typed.contains("://") ? typed : "http://" + typed);
        } catch (URISyntaxException notOne) {
            throw refused(text, "it cannot be read as http://HOST:PORT");
        }
        if (uri.getScheme() == null) {
            throw refused(text, "it cannot be read as http://HOST:PORT");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(text, "only http and https are spoken here");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(text, "a query or fragment has no meaning here");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        return new ApiUrl(URI.create(scheme + "://" + hostAndPort(text, authority) + basePath(uri.getRawPath())));
    }

    /** Returns the URL of one endpoint, e.g. of {@code /cluster}. */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** Returns the host, an IPv6 address without its brackets. */
    public String host() {
        String host = authority().group(1);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the port, 1 to 65535. */
    public int port() {
        return Integer.parseInt(authority().group(2));
    }

    /** Returns whether the API is asked over TLS. */
    public boolean isTls() {
        return base.getScheme().equals("https");
    }

    /** Returns the same URL on another host: a name, or an address without brackets. */
    public ApiUrl withHost(String host) {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return new ApiUrl(URI.create(base.getScheme() + "://" + bracketed + ":" + port() + base.getRawPath()));
    }

    /** By hand, as {@link #hashCode} is: what Java makes for records it makes anew, slowly, at each start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ApiUrl url && base.equals(url.base);
    }

    @Override
    public int hashCode() {
        return base.hashCode();
    }

    @Override
    public String toString() {
        return base.toString();
    }

    private Matcher authority() {
        Matcher authority = AUTHORITY.matcher(base.getRawAuthority());
        if (!authority.matches()) {
            throw new IllegalStateException("checked when made");
        }
        return authority;
    }

    private static String hostAndPort(String text, String authority) {
        if (authority.contains("@")) {
            throw refused(text, "credentials do not belong in a URL; put them into the configuration file");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw refused(
                    text,
                    authority.chars().filter(c -> c == ':').count() > 1 && !authority.contains("[")
                            ? "an IPv6 address goes into brackets, [2001:db8::1]:8008"
                            : "it cannot be read as http://HOST:PORT");
        }
        String digits = parts.group(2) == null ? "" : parts.group(2);
        int port = digits.isEmpty() ? DEFAULT_PORT : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw refused(text, "a port is 1 to 65535");
        }
        return host(text, parts.group(1)) + ":" + port;
    }

    private static String host(String text, String typed) {
        if (typed.isEmpty()) {
            throw refused(text, "it names no host");
        }
        if (typed.startsWith("[")) {
            return typed;
        }
        String host;
        try {
            host = (isPlain(typed) ? typed : IDN.toASCII(typed)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            throw refused(text, "its host is no name or address");
        }
        if (host.length() > LONGEST_HOST || !NAME.matcher(host).matches()) {
            throw refused(text, "its host is no name or address");
        }
        return host;
    }

    /** Returns whether IDN would leave the host unchanged. IDN itself takes 10 ms at its first use. */
    private static boolean isPlain(String host) {
        return host.length() < 64 && !host.contains("..") && host.chars().allMatch(letter -> letter < 0x80);
    }

    private static String basePath(String path) {
        String kept = withoutClosingSlashes(path == null ? "" : path);
        return kept.endsWith("/patroni")
                ? withoutClosingSlashes(kept.substring(0, kept.length() - "/patroni".length()))
                : kept;
    }

    private static String withoutClosingSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("not a URL of a Patroni REST API: " + ShownAddress.of(text) + ": " + why);
    }
}
