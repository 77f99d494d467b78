package io.patop.patroni;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the configuration file to read: in patronictl's order (ctl.py of 4.1.4; the default place is click's
 * application directory), then the files of a Patroni server on this machine.
 *
 * @param environment the environment variables
 * @param home the person's home directory
 * @param etc the machine's configuration directory, {@code /etc}
 */
public record ConfigurationFiles(Map<String, String> environment, Path home, Path etc) {

    public ConfigurationFiles {
        environment = Map.copyOf(environment);
    }

    /**
     * Returns the file to read; empty if no file is named and no default file exists or is readable.
     *
     * @param named the file given by {@code -c}; it must exist, like that of PATRONICTL_CONFIG_FILE
     */
    Optional<Path> chosen(Optional<Path> named) {
        Optional<Path> demanded = named.or(() -> variable("PATRONICTL_CONFIG_FILE"));
        return demanded.or(() -> defaults().stream()
                .filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
                .findFirst());
    }

    private List<Path> defaults() {
        List<Path> files = new ArrayList<>();
        files.add(variable("XDG_CONFIG_HOME")
                .orElse(home.resolve(".config"))
                .resolve("patroni")
                .resolve("patronictl.yaml"));
        files.add(etc.resolve("patroni.yml"));
        files.add(etc.resolve("patroni").resolve("patroni.yml"));
        files.addAll(others(etc.resolve("patroni")));
        return files;
    }

    private static List<Path> others(Path directory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.yml")) {
            found.forEach(files::add);
        } catch (IOException notThere) {
            return List.of();
        }
        Collections.sort(files);
        return files;
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
