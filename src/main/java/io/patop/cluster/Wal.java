package io.patop.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a node stands in the WAL, from its own PostgreSQL.
 *
 * @param location what a primary has written
 * @param received what a standby has received
 * @param replayed what a standby has replayed
 * @param replayPaused whether replay has been paused by hand
 */
public record Wal(Optional<Lsn> location, Optional<Lsn> received, Optional<Lsn> replayed, boolean replayPaused) {

    /** Nothing is known. */
    public static final Wal UNKNOWN = new Wal(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Checks that all parts are there. */
    public Wal {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(replayed, "replayed");
    }

    /** The furthest position the node has: written, or received or replayed, whichever is later. */
    public Optional<Lsn> furthest() {
        return location.or(() -> received.isPresent() && replayed.isPresent()
                ? Optional.of(received.get().compareTo(replayed.get()) >= 0 ? received.get() : replayed.get())
                : received.or(() -> replayed));
    }
}
