package io.patop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What nodes have really answered, by path. */
public final class RealAnswers {

    private RealAnswers() {}

    /** A 4.1.4 leader's body of that path, e.g. {@code /cluster}. */
    public static String body(String path) {
        List<String> lines = lines();
        int from = lines.indexOf("== GET " + path);
        int blank = from + lines.subList(from, lines.size()).indexOf("");
        return lines.get(blank + 1);
    }

    private static List<String> lines() {
        try (InputStream in = RealAnswers.class.getResourceAsStream("/api/gets-4.1.4.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
