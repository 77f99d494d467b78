package io.patop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Docker's contexts: named engines in {@code ~/.docker/contexts}, kept under the SHA-256 of their names
 * (docker/cli, {@code cli/context/store}).
 */
final class DockerContexts {

    private DockerContexts() {}

    /** Returns the directory of Docker's configuration. */
    static Path directory(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("DOCKER_CONFIG", "");
        return configured.isEmpty() ? home.resolve(".docker") : Path.of(configured);
    }

    /**
     * Returns the engine of the current context; empty for the default one.
     *
     * @throws IllegalArgumentException with one line, if the context does not exist or cannot be read
     */
    static Optional<DockerEndpoint> current(Map<String, String> environment, Path home) {
        Path directory = directory(environment, home);
        String named = environment.getOrDefault("DOCKER_CONTEXT", "");
        String name = named.isEmpty() ? configured(directory.resolve("config.json")) : named;
        if (name.isEmpty() || name.equals("default")) {
            return Optional.empty();
        }
        String id = sha256(name);
        Path meta = directory.resolve("contexts/meta").resolve(id).resolve("meta.json");
        if (!Files.exists(meta)) {
            throw new IllegalArgumentException("no Docker context \"" + Printable.line(name) + "\" in " + directory
                    + ": see docker context ls, or say --docker-host");
        }
        JsonNode docker = read(meta).path("Endpoints").path("docker");
        String host = docker.path("Host").asText("");
        if (host.isEmpty()) {
            return Optional.empty();
        }
        boolean verify = !docker.path("SkipTLSVerify").asBoolean(false);
        return Optional.of(
                DockerEndpoint.parse(host, tls(directory.resolve("contexts/tls").resolve(id), verify)));
    }

    /** Returns TLS if the context has certificates, or says that they are not checked. */
    private static Optional<DockerEndpoint.Tls> tls(Path directory, boolean verify) {
        Optional<Path> certificates = Optional.of(directory.resolve("docker")).filter(Files::isDirectory);
        return certificates.isPresent() || !verify
                ? Optional.of(new DockerEndpoint.Tls(certificates, verify))
                : Optional.empty();
    }

    private static String configured(Path config) {
        return Files.exists(config) ? read(config).path("currentContext").asText("") : "";
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot read " + file + ": no permission, or not the JSON that docker writes", unreadable);
        }
    }

    private static String sha256(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
