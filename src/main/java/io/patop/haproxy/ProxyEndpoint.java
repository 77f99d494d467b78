package io.patop.haproxy;

import io.patop.cluster.ShownAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of an HAProxy's statistics, written as people know it and without a password. It is also the proxy's
 * name in events, on the screen and in commands.
 */
public sealed interface ProxyEndpoint {

    /** Returns the name: a path, {@code tcp://host:port} or the page's URL without user and password. */
    String name();

    /**
     * A stats socket in the file system.
     *
     * @param path path, absolute or relative to patop's working directory
     */
    record Unix(Path path) implements ProxyEndpoint {

        @Override
        public String name() {
            return path.toString();
        }
    }

    /**
     * A stats socket on a TCP port.
     *
     * @param host name or address
     * @param port port, 1 to 65535
     */
    record Tcp(String host, int port) implements ProxyEndpoint {
        public Tcp {
            requirePort(port);
            if (host.isEmpty()) {
                throw new IllegalArgumentException("a stats socket has a host");
            }
        }

        @Override
        public String name() {
            return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * The statistics page.
     *
     * @param url its URL, http or https, without user and password
     * @param login user and password for basic authentication
     */
    record Page(URI url, Optional<Login> login) implements ProxyEndpoint {

        @Override
        public String name() {
            return url.toString();
        }
    }

    /**
     * Parses what a person wrote: {@code /path/to/socket}, {@code unix://…}, {@code tcp://host:port},
     * {@code http(s)://[user[:password]@]host[:port]/path}.
     *
     * @param password password for a page's user that has none in the URL; empty for none
     * @throws IllegalArgumentException with one line for the person, without any password
     */
    static ProxyEndpoint parse(String text, Optional<String> password) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return page(text, password);
        }
        if (lower.startsWith("tcp://")) {
            return tcp(text.substring("tcp://".length()), text);
        }
        if (lower.startsWith("unix://")) {
            return unix(text.substring("unix://".length()), text);
        }
        if (text.contains("/")) {
            return unix(text, text);
        }
        throw new IllegalArgumentException("not a stats socket or page of HAProxy: "
                + ShownAddress.of(text)
                + "; say /path/to/socket, tcp://HOST:PORT or http://HOST:PORT/");
    }

    private static ProxyEndpoint unix(String path, String text) {
        try {
            if (path.isEmpty()) {
                throw new IllegalArgumentException("no path in " + ShownAddress.of(text));
            }
            return new Unix(Path.of(path));
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("no path: " + ShownAddress.of(text), invalid);
        }
    }

    private static ProxyEndpoint tcp(String hostAndPort, String text) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            String host = hostAndPort.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
            return new Tcp(
                    host, Integer.parseInt(hostAndPort.substring(colon + 1).replaceAll("/$", "")));
        } catch (IndexOutOfBoundsException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("say tcp://HOST:PORT, not " + ShownAddress.of(text), wrong);
        }
    }

    private static ProxyEndpoint page(String text, Optional<String> password) {
        int start = text.indexOf("://") + 3;
        int end = text.indexOf('/', start) < 0 ? text.length() : text.indexOf('/', start);
        int at = text.lastIndexOf('@', end - 1);
        if (at < start && text.substring(start, end).matches("[^:]*:.*[^0-9].*") && text.indexOf('@', end) >= 0) {
            throw new IllegalArgumentException(
                    "a password with a slash in it is said by PATOP_HAPROXY_PASSWORD, not in " + ShownAddress.of(text));
        }
        String bare = at < start ? text : text.substring(0, start) + text.substring(at + 1);
        Optional<Login> login = at < start ? Optional.empty() : Optional.of(login(text.substring(start, at), password));
        try {
            URI url = new URI(bare);
            if (url.getRawAuthority() == null || url.getRawAuthority().isEmpty()) {
                throw new IllegalArgumentException("no host in " + ShownAddress.of(bare));
            }
            if (!url.getRawAuthority().matches("(\\[[^]]*]|[^:\\[\\]]+)(:\\d*)?")) {
                throw new IllegalArgumentException("say http://HOST:PORT/, not " + ShownAddress.of(text));
            }
            if (url.getPort() != -1) {
                requirePort(url.getPort());
            }
            return new Page(url.getRawPath().isEmpty() ? url.resolve("/") : url, login);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("no URL: " + ShownAddress.of(bare), wrong);
        }
    }

    private static Login login(String text, Optional<String> password) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Login(decoded(text), password.orElse(""))
                : new Login(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }
}
