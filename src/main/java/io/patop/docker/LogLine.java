package io.patop.docker;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a container's log.
 *
 * @param at when the engine took it, by the engine's clock; empty if the engine does not say
 * @param stream where the container wrote it
 * @param text without the engine's time; fit for a terminal
 */
public record LogLine(Optional<Instant> at, Stream stream, String text) {

    /** Where a container writes. A container with a terminal has one stream for both. */
    public enum Stream {
        OUT,
        ERR
    }
}
