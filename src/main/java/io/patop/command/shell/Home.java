package io.patop.command.shell;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A person's home directory: {@code HOME}, as every other program uses it, not the one that Java reads from passwd.
 */
public final class Home {

    private Home() {}

    public static Path of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "/")));
    }
}
