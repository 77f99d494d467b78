package io.patop.recording;

import io.patop.watch.model.Dashboard;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest observations of a session, as many as fit into a number of bytes, so that a recording can begin in the
 * past. The oldest are dropped first, some hundreds at a time.
 */
final class Ring {

    private final long most;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private Optional<Segment.Open> open = Optional.empty();
    private long bytes;
    private long dropped;

    /**
     * An empty ring.
     *
     * @param most the maximum of bytes, compressed; the latest few hundred lines are kept in addition in any case
     */
    Ring(long most) {
        this.most = most;
    }

    void add(Dashboard before, Instant at, String line) {
        if (open.isEmpty()) {
            open = Optional.of(new Segment.Open(before, at));
        }
        open.get().add(line);
        if (open.get().isFull()) {
            close();
        }
        while (bytes > most && segments.size() > 1) {
            Segment oldest = segments.removeFirst();
            bytes -= oldest.bytes();
            dropped += oldest.lines();
        }
    }

    /** All kept observations, the oldest first. */
    List<Segment> segments() {
        close();
        return List.copyOf(segments);
    }

    /** Whether there is at least one full segment. */
    boolean isLong() {
        return !segments.isEmpty();
    }

    /** The number of observations that were dropped. */
    long dropped() {
        return dropped;
    }

    private void close() {
        open.ifPresent(full -> {
            Segment closed = full.close();
            segments.addLast(closed);
            bytes += closed.bytes();
        });
        open = Optional.empty();
    }
}
