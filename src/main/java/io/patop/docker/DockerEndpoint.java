package io.patop.docker;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where a Docker Engine is and how it is spoken to. */
public sealed interface DockerEndpoint {

    /** The place as a person would write it into {@code DOCKER_HOST}. */
    String words();

    /**
     * A unix socket.
     *
     * @param path of the socket
     */
    record Unix(Path path) implements DockerEndpoint {
        @Override
        public String words() {
            return "unix://" + path;
        }
    }

    /**
     * A TCP port.
     *
     * @param host name or address
     * @param port 1 to 65535
     * @param tls how TLS is spoken; empty for plain HTTP
     */
    record Tcp(String host, int port, Optional<Tls> tls) implements DockerEndpoint {
        /** Checks that all parts are there. */
        public Tcp {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(tls, "tls");
        }

        @Override
        public String words() {
            return "tcp://" + host + ":" + port;
        }
    }

    /**
     * Certificates for TLS.
     *
     * @param directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, each of which may be missing
     * @param verify whether the engine's certificate is checked
     */
    record Tls(Path directory, boolean verify) {}

    /**
     * Finds the engine as the {@code docker} command does: what was asked for outright, then {@code
     * DOCKER_HOST}, then the context of {@code DOCKER_CONTEXT} or of the configuration file, then the usual
     * socket, or the one of a rootless engine.
     *
     * @param asked by the person, e.g. with {@code --docker-host}
     * @param environment of the process
     * @param home of the person
     * @throws IllegalArgumentException with one line, if what is configured cannot be used
     */
    static DockerEndpoint find(Optional<String> asked, Map<String, String> environment, Path home) {
        Optional<String> host = asked.or(() -> set(environment, "DOCKER_HOST"));
        if (host.isPresent()) {
            return parse(host.get(), tlsOf(environment, home));
        }
        return DockerContexts.current(environment, home).orElseGet(() -> usual(environment));
    }

    /** Reads {@code unix:///path}, {@code tcp://host:port}, {@code http://} and {@code https://}. */
    static DockerEndpoint parse(String text, Optional<Tls> tls) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "tcp://" + text);
        } catch (URISyntaxException notOne) {
            throw new IllegalArgumentException("not a Docker host: " + text + ": say unix:///PATH or tcp://HOST:PORT");
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "unix" -> new Unix(Path.of(uri.getSchemeSpecificPart().replaceFirst("^//", "")));
            case "tcp", "http", "https" -> tcp(uri, text, tls);
            case "ssh" ->
                throw new IllegalArgumentException("Docker hosts over ssh are not spoken to directly: " + text
                        + ": forward the socket (ssh -L /tmp/docker.sock:/var/run/docker.sock HOST) and say"
                        + " unix:///tmp/docker.sock");
            default ->
                throw new IllegalArgumentException(
                        "not a Docker host: " + text + ": say unix:///PATH or tcp://HOST:PORT");
        };
    }

    private static DockerEndpoint tcp(URI uri, String text, Optional<Tls> tls) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("not a Docker host: " + text + ": it names no host");
        }
        boolean secure = uri.getScheme().equals("https") || tls.isPresent();
        int port = uri.getPort() == -1 ? (secure ? 2376 : 2375) : uri.getPort();
        Optional<Tls> used = secure ? tls.or(() -> Optional.of(new Tls(Path.of(""), true))) : Optional.empty();
        return new Tcp(uri.getHost(), port, used);
    }

    private static Optional<Tls> tlsOf(Map<String, String> environment, Path home) {
        boolean verify = set(environment, "DOCKER_TLS_VERIFY").isPresent();
        Optional<Path> certificates = set(environment, "DOCKER_CERT_PATH").map(Path::of);
        if (!verify && certificates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tls(certificates.orElse(DockerContexts.directory(environment, home)), verify));
    }

    private static DockerEndpoint usual(Map<String, String> environment) {
        Path system = Path.of("/var/run/docker.sock");
        Optional<Path> rootless = set(environment, "XDG_RUNTIME_DIR").map(dir -> Path.of(dir, "docker.sock"));
        return new Unix(
                Files.exists(system) ? system : rootless.filter(Files::exists).orElse(system));
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
}
