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

    JsonNode read(RealCluster cluster) throws IOException {
        String printed = cluster.inside(
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
                "/kept/" + recording.getFileName());
        Files.writeString(Path.of(recording + ".report"), printed);
        return new ObjectMapper().readTree(printed);
    }
}
