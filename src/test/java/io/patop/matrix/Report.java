package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the built program reports of a recording.
 *
 * @param recording the file
 */
record Report(Path recording) {

    private static final Pattern ASKED = Pattern.compile("^\\{\"is\":\"(?:Node|Cluster)Answered\"");

    static Report of(Path folder, boolean probe) {
        return new Report(folder.resolve((probe ? "with" : "without") + "-probe.jsonl"));
    }

    private Path file() {
        return Path.of(recording + ".report");
    }

    void make(RealCluster cluster) throws IOException {
        Files.writeString(
                file(),
                cluster.inside(
                        Duration.ofMinutes(3),
                        "docker",
                        "run",
                        "--rm",
                        "-v",
                        recording.getParent() + ":/kept:ro",
                        "patop",
                        "replay",
                        "--report",
                        "-f",
                        "json",
                        "/kept/" + recording.getFileName()));
    }

    /**
     * How long each answer took that patop recorded, by the time at which it came. What an event tells is known no
     * sooner than from such an answer.
     */
    Map<Instant, Duration> polls() throws IOException {
        Map<Instant, Duration> polls = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(recording)) {
            Matcher asked = ASKED.matcher(line);
            if (asked.find()) {
                JsonNode answer = json.readTree(line);
                polls.merge(
                        Instant.parse(answer.path("at").asText()),
                        Duration.parse(answer.path("took").asText()),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return polls;
    }

    JsonNode read() throws IOException {
        return new ObjectMapper().readTree(file().toFile());
    }
}
