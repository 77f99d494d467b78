package io.patop.docker;

import io.patop.cluster.ShownAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a Docker Engine and whether it uses TLS; found as the {@code docker} command finds it (docker/cli
 * 28, {@code cli/command/cli.go} and {@code cli/flags/options.go}).
 */
public sealed interface DockerEndpoint {

    /** The socket of an engine that runs as root. */
    Path USUAL = Path.of("/var/run/docker.sock");

    /** Returns the address as a person would write it into {@code DOCKER_HOST}. */
    String text();

    /**
     * A unix socket.
     *
     * @param path absolute path of the socket
     */
    record Unix(Path path) implements DockerEndpoint {

        @Override
        public String text() {
            return "unix://" + path;
        }
    }

    /**
     * A TCP port.
     *
     * @param host name or address; an IPv6 address in brackets
     * @param port port, 1 to 65535
     * @param tls the TLS settings; empty for plain HTTP
     */
    record Tcp(String host, int port, Optional<Tls> tls) implements DockerEndpoint {
        public Tcp {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
            }
        }

        @Override
        public String text() {
            return "tcp://" + host + ":" + port;
        }
    }

    /**
     * A socket of another machine, which ssh reaches.
     *
     * @param destination host, or user and host
     * @param port port of ssh; empty for what ssh's own configuration says
     * @param socket the engine's socket there
     */
    record Ssh(String destination, Optional<Integer> port, String socket) implements DockerEndpoint {

        @Override
        public String text() {
            String usual = socket.equals(USUAL.toString()) ? "" : socket;
            return "ssh://" + destination + port.map(number -> ":" + number).orElse("") + usual;
        }
    }

    /**
     * TLS settings.
     *
     * @param directory directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, each of which may be
     *     missing; empty to use Java's own authorities only
     * @param verify whether the engine's certificate is checked
     */
    record Tls(Optional<Path> directory, boolean verify) {}

    /**
     * Finds the engine as the {@code docker} command does: the requested one, then {@code DOCKER_HOST}, then the
     * context of {@code DOCKER_CONTEXT} or of the configuration file, then the usual socket, or if there is none that
     * of a rootless engine. Does not connect.
     *
     * @param asked the person's request, e.g. by {@code --docker-host}
     * @param environment the environment variables
     * @param home the person's home directory
     * @throws IllegalArgumentException with one line, if what is configured cannot be used
     */
    static DockerEndpoint find(Optional<String> asked, Map<String, String> environment, Path home) {
        return find(asked, environment, home, USUAL);
    }

    /** Finds the engine with another usual socket, for tests. */
    static DockerEndpoint find(Optional<String> asked, Map<String, String> environment, Path home, Path usual) {
        Optional<String> host = asked.or(() -> set(environment, "DOCKER_HOST"));
        if (host.isPresent()) {
            return parse(host.get(), tlsOf(environment, home));
        }
        return DockerContexts.current(environment, home).orElseGet(() -> usual(environment, usual));
    }

    /**
     * Parses {@code unix:///path}, {@code tcp://host:port}, {@code ssh://user@host}, {@code http://} and
     * {@code https://}.
     *
     * @param tls the TLS settings for TCP; empty for plain HTTP, except for {@code https://}
     * @throws IllegalArgumentException with one line, if it is none of these
     */
    static DockerEndpoint parse(String text, Optional<Tls> tls) {
        Matcher parts =
                Pattern.compile("(?:([A-Za-z]+)://)?(.*)", Pattern.DOTALL).matcher(text.strip());
        if (!parts.matches()) {
            throw not(text, "say unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST");
        }
        String scheme = Optional.ofNullable(parts.group(1)).orElse("tcp").toLowerCase(Locale.ROOT);
        String rest = parts.group(2);
        return switch (scheme) {
            case "unix" -> new Unix(socket(text, rest));
            case "tcp", "http" -> tcp(text, rest, tls);
            case "https" -> tcp(text, rest, tls.or(() -> Optional.of(new Tls(Optional.empty(), true))));
            case "ssh" -> ssh(text, rest);
            default -> throw not(text, "say unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST");
        };
    }

    private static Path socket(String text, String path) {
        try {
            Path socket = Path.of(path);
            if (socket.isAbsolute()) {
                return socket;
            }
        } catch (InvalidPathException notOne) {
            throw not(text, "that is not a path");
        }
        throw not(text, "the socket's path begins with a slash: unix:///PATH");
    }

    private static DockerEndpoint ssh(String text, String rest) {
        Matcher parts = Pattern.compile(
                        "((?:[A-Za-z0-9_][\\w.-]*@)?(?:[A-Za-z0-9_][\\w.-]*|\\[[0-9A-Fa-f:.]+]))(?::(\\d{1,5}))?"
                                + "/?(/[\\w./-]+)?")
                .matcher(rest);
        if (!parts.matches()) {
            throw not(text, "say ssh://USER@HOST, ssh://HOST:PORT or ssh://HOST/PATH/OF/SOCKET");
        }
        return new Ssh(
                parts.group(1),
                Optional.ofNullable(parts.group(2)).map(Integer::valueOf),
                Optional.ofNullable(parts.group(3)).orElse(USUAL.toString()));
    }

    private static DockerEndpoint tcp(String text, String authority, Optional<Tls> tls) {
        if (authority.startsWith("/")) {
            throw not(text, "for a socket say unix:///PATH");
        }
        Matcher parts = Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/?")
                .matcher(authority);
        if (!parts.matches()) {
            throw not(text, "say tcp://HOST:PORT");
        }
        String port = Optional.ofNullable(parts.group(2)).orElse(tls.isPresent() ? "2376" : "2375");
        try {
            return new Tcp(parts.group(1), Integer.parseInt(port), tls);
        } catch (IllegalArgumentException notOne) {
            throw not(text, "a port is 1 to 65535");
        }
    }

    /** Makes the error without repeating a user and password in the address. */
    private static IllegalArgumentException not(String text, String instead) {
        return new IllegalArgumentException("not a Docker host: " + ShownAddress.of(text) + ": " + instead);
    }

    private static Optional<Tls> tlsOf(Map<String, String> environment, Path home) {
        boolean verify = set(environment, "DOCKER_TLS_VERIFY").isPresent();
        if (!verify && set(environment, "DOCKER_TLS").isEmpty()) {
            return Optional.empty();
        }
        Path directory = set(environment, "DOCKER_CERT_PATH")
                .map(Path::of)
                .orElseGet(() -> DockerContexts.directory(environment, home));
        return Optional.of(new Tls(Optional.of(directory), verify));
    }

    private static DockerEndpoint usual(Map<String, String> environment, Path usual) {
        if (Files.exists(usual)) {
            return new Unix(usual);
        }
        return new Unix(set(environment, "XDG_RUNTIME_DIR")
                .map(directory -> Path.of(directory, "docker.sock"))
                .filter(Files::exists)
                .orElse(usual));
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
}
