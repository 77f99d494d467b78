package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the built program reports of a recording.
 *
 * @param recording the file
 */
record Report(Path recording) {

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

    JsonNode read() throws IOException {
        return new ObjectMapper().readTree(file().toFile());
    }
}
