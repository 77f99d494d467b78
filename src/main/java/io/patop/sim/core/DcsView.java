package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * The DCS as it was at one moment, which Patroni calls its cluster view. The trees in it must not be changed.
 *
 * @param leader the holder of the leader key
 * @param members what each member wrote of itself
 * @param lsn the position that the last leader wrote, in bytes
 * @param config the dynamic configuration
 * @param sync the /sync key
 * @param failover the /failover key
 * @param history the /history key
 * @param failsafe the /failsafe key: names and API addresses
 */
public record DcsView(
        Optional<String> leader,
        NavigableMap<String, ObjectNode> members,
        long lsn,
        ObjectNode config,
        Sync sync,
        Optional<Failover> failover,
        ArrayNode history,
        Optional<ObjectNode> failsafe) {

    /** The nodes that may be promoted without losing a commit: the leader that wrote the key and its standbys. */
    public record Sync(Optional<String> leader, Set<String> standbys) {
        static final Sync EMPTY = new Sync(Optional.empty(), Set.of());

        boolean matches(String name) {
            return leader.isPresent()
                    && (standbys.contains(name) || leader.orElseThrow().equals(name));
        }
    }

    /** A requested failover or switchover. */
    public record Failover(Optional<String> leader, Optional<String> candidate, Optional<OffsetDateTime> scheduledAt) {}

    public boolean isUnlocked() {
        return leader.isEmpty();
    }

    public boolean isLeader(String name) {
        return leader.filter(name::equals).isPresent();
    }

    public boolean isPaused() {
        return config.path("pause").asBoolean(false);
    }

    boolean isFailsafe() {
        return config.path("failsafe_mode").asBoolean(false);
    }

    /** Returns whether any synchronous mode is on, quorum included. */
    public boolean isSynchronous() {
        return isQuorum() || config.path("synchronous_mode").asBoolean(false);
    }

    boolean isQuorum() {
        return config.path("synchronous_mode").asText().equals("quorum");
    }

    boolean isStrict() {
        return isSynchronous() && config.path("synchronous_mode_strict").asBoolean(false);
    }

    /** Returns a time of the configuration in milliseconds. */
    long millis(String key, double defaultSeconds) {
        return (long) (config.path(key).asDouble(defaultSeconds) * 1000);
    }

    long maximumLag() {
        return config.path("maximum_lag_on_failover").asLong(1L << 20);
    }

    boolean isTagged(String member, String tag) {
        return members.containsKey(member)
                && members.get(member).path("tags").path(tag).asBoolean(false);
    }

    /** Returns this view with another leader: in failsafe mode a node takes the leader that called it. */
    DcsView ledBy(String name) {
        return new DcsView(Optional.of(name), members, lsn, config, sync, failover, history, failsafe);
    }
}
