package io.patop.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * How far a replica has come with receiving or with replaying WAL (Patroni 4.1 and later tell both).
 *
 * @param lsn the position, or nothing where Patroni says {@code unknown}
 * @param lag how far that is behind the leader's last known position
 */
public record Progress(Optional<Lsn> lsn, Lag lag) {
    /** Checks that both parts are there. */
    public Progress {
        Objects.requireNonNull(lsn, "lsn");
        Objects.requireNonNull(lag, "lag");
    }
}
