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
 * Which configuration file is read: patronictl's order (ctl.py of 4.1.4; the default place is click's
 * application directory), then the files of a Patroni server on this machine.
 *
 * @param environment the process's variables
 * @param home the person's home directory
 * @param etc where the machine's configuration is, {@code /etc}
 */
public record ConfigurationFiles(Map<String, String> environment, Path home, Path etc) {

    /** Copies the map. */
    public ConfigurationFiles {
        environment = Map.copyOf(environment);
    }

    /**
     * The file to read, or nothing: a default that is not there, or not ours to read, is none.
     *
     * @param named by {@code -c}; it must be there, like the one of PATRONICTL_CONFIG_FILE
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
