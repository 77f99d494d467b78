package io.patop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages that people read: README first, then those of dist/docs, to which it leads. */
final class Documents {

    static final Path README = Path.of("README.md");

    private Documents() {}

    static List<Path> all() throws IOException {
        return Stream.concat(Stream.of(README), details().stream()).toList();
    }

    static List<Path> details() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("dist/docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
