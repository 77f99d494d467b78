package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the built program reports of a recording.
 *
 * @param recording the file
 */
record Report(Path recording) {

    JsonNode read() throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String printed = RealCluster.run(
                Duration.ofMinutes(2),
                List.of(java, "-jar", "target/patop.jar", "replay", "--report", "-f", "json", recording.toString()));
        Files.writeString(Path.of(recording + ".report"), printed);
        return new ObjectMapper().readTree(printed);
    }
}
