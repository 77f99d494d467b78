package io.patop.probe;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which servers have accepted writes, and when. A server that accepts writes before and after a write
 * of another server was writable all the time between, since it cannot have been a standby without a restart: both
 * were writable at once then. Used by one thread.
 */
final class WritableIntervals {

    private static final int MOST = 100;

    private record Reign(Instant firstBegan, Instant firstEnded) {}

    private final Map<Server, Reign> reigns = new HashMap<>();

    /** Notes an acknowledged write; returns a server that must have been writable at the same time, if there is one. */
    Optional<Server> accepted(Server server, Instant began, Instant ended) {
        if (reigns.size() >= MOST) {
            reigns.clear();
        }
        Reign reign = reigns.computeIfAbsent(server, first -> new Reign(began, ended));
        return reigns.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(server))
                .filter(entry -> reign.firstEnded().isBefore(entry.getValue().firstBegan()))
                .filter(entry -> began.isAfter(entry.getValue().firstEnded()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
