package io.patop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * Docker's contexts: named engines in {@code ~/.docker/contexts}, kept under the SHA-256 of their names
 * (docker/cli, {@code cli/context/store}).
 */
final class DockerContexts {

    private DockerContexts() {}

    /** The directory of Docker's configuration. */
    static Path directory(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("DOCKER_CONFIG", "");
        return configured.isEmpty() ? home.resolve(".docker") : Path.of(configured);
    }

    /** The engine of the current context; nothing for the default one. */
    static Optional<DockerEndpoint> current(Map<String, String> environment, Path home) {
        Path directory = directory(environment, home);
        String named = environment.getOrDefault("DOCKER_CONTEXT", "");
        String name = named.isEmpty() ? configured(directory.resolve("config.json")) : named;
        if (name.isEmpty() || name.equals("default")) {
            return Optional.empty();
        }
        String id = sha256(name);
        Path meta = directory.resolve("contexts/meta").resolve(id).resolve("meta.json");
        if (!Files.isReadable(meta)) {
            throw new IllegalArgumentException("no Docker context \"" + name + "\" in " + directory
                    + ": see docker context ls, or say --docker-host");
        }
        JsonNode docker = read(meta).path("Endpoints").path("docker");
        boolean verify = !docker.path("SkipTLSVerify").asBoolean(false);
        Path certificates = directory.resolve("contexts/tls").resolve(id).resolve("docker");
        Optional<DockerEndpoint.Tls> tls = Files.isDirectory(certificates)
                ? Optional.of(new DockerEndpoint.Tls(certificates, verify))
                : Optional.empty();
        return Optional.of(DockerEndpoint.parse(docker.path("Host").asText(""), tls));
    }

    private static String configured(Path config) {
        return Files.isReadable(config) ? read(config).path("currentContext").asText("") : "";
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + file + ": it is not the JSON that docker writes");
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
