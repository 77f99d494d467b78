package io.patop.cluster;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A node's positions in the WAL, from its own PostgreSQL.
 *
 * @param location the position that a primary has written
 * @param received the position that a standby has received
 * @param replayed the position that a standby has replayed
 * @param replayPaused whether replay was paused by hand
 * @param replayedAt when the last transaction that a standby has replayed was committed, by its primary's clock
 */
public record Wal(
        Optional<Lsn> location,
        Optional<Lsn> received,
        Optional<Lsn> replayed,
        boolean replayPaused,
        Optional<Instant> replayedAt) {

    /** No known position. */
    public static final Wal UNKNOWN =
            new Wal(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    public Wal {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(replayed, "replayed");
        Objects.requireNonNull(replayedAt, "replayedAt");
    }

    /** The furthest known position of the node: written, received or replayed. */
    public Optional<Lsn> furthest() {
        return location.or(() -> received.isPresent() && replayed.isPresent()
                ? Optional.of(received.get().compareTo(replayed.get()) >= 0 ? received.get() : replayed.get())
                : received.or(() -> replayed));
    }
}
