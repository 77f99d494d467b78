package io.patop.watch.model;

import io.patop.time.TimeBounds;
import io.patop.watch.model.Failover.SelfDemotion;
import java.time.Instant;
import java.util.Optional;

/**
 * The health of the leader by its own word: when it last ran as primary, and the first sign after that that it does
 * not. An outage begins between these two.
 *
 * @param leader the member that holds the leader key
 * @param wellAt when it last was known to run as primary
 * @param signAt the first sign after that that it does not
 * @param unpromotedSince since when the member holds the key and says that it is no primary
 * @param toldAt when that became an event, after it had lasted too long
 * @param selfDemotion why it gives up by itself, if it is known to
 */
public record LeaderHealth(
        String leader,
        Optional<Instant> wellAt,
        Optional<Instant> signAt,
        Optional<Instant> unpromotedSince,
        Optional<Instant> toldAt,
        Optional<SelfDemotion> selfDemotion) {

    public static LeaderHealth unknown(String leader) {
        return new LeaderHealth(
                leader, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The bounds of the beginning of an outage that is noticed at that time; empty if its beginning was missed. */
    public Optional<TimeBounds> trouble(Instant noticed) {
        return wellAt.map(well -> new TimeBounds(well, signAt.orElse(noticed)));
    }

    public LeaderHealth well(Instant at) {
        return new LeaderHealth(
                leader, Optional.of(at), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The health after a sign of trouble; the earliest sign stays. */
    public LeaderHealth sign(Instant at) {
        boolean sooner = signAt.filter(known -> !at.isBefore(known)).isEmpty();
        return sooner ? new LeaderHealth(leader, wellAt, Optional.of(at), unpromotedSince, toldAt, selfDemotion) : this;
    }

    public LeaderHealth unpromoted(Optional<Instant> since) {
        return new LeaderHealth(
                leader, wellAt, signAt, since, since.isEmpty() ? Optional.empty() : toldAt, selfDemotion);
    }

    public LeaderHealth told(Instant at) {
        return new LeaderHealth(leader, wellAt, signAt, unpromotedSince, Optional.of(at), selfDemotion);
    }

    /** The health of a leader that gives up by itself; of several reasons the first counts. */
    public LeaderHealth selfDemoted(SelfDemotion why) {
        return new LeaderHealth(leader, wellAt, signAt, unpromotedSince, toldAt, Optional.of(selfDemotion.orElse(why)));
    }
}
