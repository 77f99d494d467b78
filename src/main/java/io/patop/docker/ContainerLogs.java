package io.patop.docker;

import io.patop.cluster.Answer;
import java.time.Duration;
import java.util.List;

/** Reads the logs that an engine keeps, bounded in lines, bytes and time. It reads them and changes nothing. */
public final class ContainerLogs {

    /** Largest part of a log that is read at once, in bytes. */
    private static final int MOST_BYTES = 8 << 20;

    private final EngineApi api;
    private final Duration bound;

    ContainerLogs(EngineApi api, Duration bound) {
        this.api = api;
        this.bound = bound;
    }

    /** Reads the log of a container on the engine's own host; one that has ended still has its log. */
    public Answer<LogLines> ofContainer(String id, LogSpan span) {
        return read("/containers/" + DockerClient.encoded(id) + "/logs?" + span.query(), span);
    }

    /**
     * Reads the log of all tasks of a service, on whatever host, by way of the swarm's manager. The engine takes the
     * number of lines for each task, and knows no end of the span (API 1.41), which is kept here.
     */
    public Answer<LogLines> ofService(String id, LogSpan span) {
        return read("/services/" + DockerClient.encoded(id) + "/logs?" + span.query(), span)
                .map(log -> LogLines.merged(List.of(log), span.lines()));
    }

    private Answer<LogLines> read(String path, LogSpan span) {
        return api.stream(path, in -> new LogDecoder(span, MOST_BYTES).read(in), new Deadline(bound));
    }
}
