package io.patop.watch.model;

import io.patop.time.TimeBounds;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How the member that holds the leader key does, by its own word: when it last ran as primary, and the first sign
 * since then that it does not. Between these two an outage begins.
 *
 * @param leader whose health it is
 * @param wellAt when it last was known to run as primary
 * @param signAt the first sign since then that it does not
 * @param unpromotedSince since when it holds the key and says that it is no primary
 * @param toldAt when that was told as an event, having lasted too long
 */
public record LeaderHealth(
        String leader,
        Optional<Instant> wellAt,
        Optional<Instant> signAt,
        Optional<Instant> unpromotedSince,
        Optional<Instant> toldAt) {

    /** Checks that all parts are there. */
    public LeaderHealth {
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(wellAt, "wellAt");
        Objects.requireNonNull(signAt, "signAt");
        Objects.requireNonNull(unpromotedSince, "unpromotedSince");
        Objects.requireNonNull(toldAt, "toldAt");
    }

    public static LeaderHealth unknown(String leader) {
        return new LeaderHealth(leader, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** When an outage that is noticed at that time began. */
    public TimeBounds trouble(Instant noticed) {
        Instant by = signAt.orElse(noticed);
        return new TimeBounds(wellAt.orElse(by), by);
    }

    public LeaderHealth well(Instant at) {
        return new LeaderHealth(leader, Optional.of(at), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of several signs the first counts. */
    public LeaderHealth sign(Instant at) {
        boolean sooner = signAt.filter(known -> !at.isBefore(known)).isEmpty();
        return sooner ? new LeaderHealth(leader, wellAt, Optional.of(at), unpromotedSince, toldAt) : this;
    }

    public LeaderHealth unpromoted(Optional<Instant> since) {
        return new LeaderHealth(leader, wellAt, signAt, since, since.isEmpty() ? Optional.empty() : toldAt);
    }

    public LeaderHealth told(Instant at) {
        return new LeaderHealth(leader, wellAt, signAt, unpromotedSince, Optional.of(at));
    }
}
