package io.patop.cluster;

import java.util.Optional;

/**
 * A replica's progress in receiving or replaying WAL (reported by Patroni 4.1 and later).
 *
 * @param lsn the position; empty if Patroni says {@code unknown}
 * @param lag how far the position is behind the leader's last known one
 */
public record Progress(Optional<Lsn> lsn, Lag lag) {}
