package io.patop.command;

import io.patop.patroni.PatroniJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What real patronictl printed: a file with the cluster (or history) as JSON in its first section, then a
 * section for each version and format. Made by running the {@code output_members} and {@code print_output}
 * of Debian's patroni packages 2.0.2, 3.0.2, 4.0.7 and 4.1.5 with that cluster.
 *
 * @param file without its ending
 * @param subject the first section's heading: {@code cluster NAME} or {@code history}
 * @param json the first section
 * @param outputs the other ones
 */
public record PatronictlCase(String file, String subject, String json, List<Output> outputs) {

    private static final String DIRECTORY = "/patronictl/";
    private static final String HEADING = "=== ";

    /**
     * One output.
     *
     * @param version of Patroni
     * @param format pretty, tsv, json, yaml or topology
     * @param extended with {@code -e}
     * @param text all of it
     */
    public record Output(String version, String format, boolean extended, String text) {}

    /** All cases whose file's name begins so. */
    public static Stream<PatronictlCase> all(String prefix) {
        try (Stream<Path> files =
                Files.list(Path.of(PatronictlCase.class.getResource(DIRECTORY).toURI()))) {
            return files
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(".txt"))
                    .sorted()
                    .map(PatronictlCase::read)
                    .toList()
                    .stream();
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The text of a file beside the cases. */
    public static String text(String file) {
        try (InputStream in = PatronictlCase.class.getResourceAsStream(DIRECTORY + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The cluster's name. */
    public String name() {
        return subject.substring("cluster ".length());
    }

    /** The JSON, read. */
    public com.fasterxml.jackson.databind.JsonNode tree() throws PatroniJson.NotPatroni {
        return PatroniJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return file;
    }

    private static PatronictlCase read(String file) {
        List<String[]> sections = new ArrayList<>();
        String[] parts = ("\n" + text(file)).split("\n" + HEADING, -1);
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            String body = parts[i].substring(end + 1) + (i < parts.length - 1 ? "\n" : "");
            sections.add(new String[] {parts[i].substring(0, end), body});
        }
        String[] first = sections.remove(0);
        return new PatronictlCase(
                file.replace(".txt", ""),
                first[0],
                first[1],
                sections.stream().map(PatronictlCase::output).toList());
    }

    private static Output output(String[] section) {
        String[] words = section[0].split(" ", -1);
        return new Output(words[0], words[1], words.length > 2, section[1]);
    }
}
