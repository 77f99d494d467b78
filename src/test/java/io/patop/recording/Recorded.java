package io.patop.recording;

import io.patop.watch.Session;
import io.patop.watch.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real failover as a recording. */
final class Recorded {

    private Recorded() {}

    /** The clean stop of ../shared/traces, by way of a file in that directory. */
    static Recording cleanStop(Path directory) throws IOException, NotARecording {
        return Recording.read(cleanStopFile(directory));
    }

    /** The same, as a file. */
    static Path cleanStopFile(Path directory) throws IOException {
        Path file = Files.createTempDirectory(directory, "recorded").resolve("x.jsonl.gz");
        Session session = new Session();
        try (Recorder recorder = new Recorder("test", trouble -> {}, 6 << 20, Duration.ofMinutes(2))) {
            session.tap(recorder);
            recorder.start(file);
            Trace.read("clean-stop").observations().forEach(session);
        }
        return file;
    }
}
