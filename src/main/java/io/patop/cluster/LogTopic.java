package io.patop.cluster;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a line of Patroni's log tells of a change of leader, by Patroni's own words (2.0 to 4.1). All other lines have
 * no topic.
 */
public enum LogTopic {
    /** Why a leader stepped down, or that it did. */
    DEMOTED(
            "demot(ed|ing) (self|primary|leader)",
            "removed leader (lock|key)",
            "released leader key voluntarily",
            "leader key released",
            "lost (the )?(leader )?lock",
            "failed to update leader lock",
            "stopped postgresql (to fail over|because|while starting up)",
            "primary crashed\\. failing over",
            "terminated crash recovery",
            "cancelling bootstrap"),
    /** Why a node did not take over. */
    NOT_PROMOTED(
            "not healthy enough for leader race",
            "not the healthiest node",
            "trying and failing to obtain lock",
            "could not acquire (leader|session) lock",
            "not allowed to (promote|become)",
            "not promoting",
            "postponing promotion",
            "promotion cancelled",
            "my wal position exceeds maximum replication lag",
            "my timeline \\S+ is behind",
            "wal position of .* is ahead of my wal position",
            "(primary|master) \\(.*\\) is still alive",
            "watchdog device is not usable",
            "backoff: skip leader race",
            "no healthy members found",
            "failover is not possible",
            "waiting for (standby_)?leader to bootstrap",
            "exceeds maximum replication lag",
            "is behind the cluster timeline"),
    /** A node took over. */
    PROMOTED(
            "promoted self to",
            "acquired session lock",
            "initialized a new cluster",
            "cleared rewind state after becoming the leader",
            "waiting to become primary after promote"),
    /** What a node heard of another one, whose place it may take. */
    ASKED("request failed to .*: (get|post) ", "got response from "),
    /** The DCS cannot be reached. */
    DCS("dcs is not accessible", "error communicating with dcs", "failsafe mode is (enabled|active)"),
    /** An old leader is made a replica again. */
    REWIND("pg_rewind", "failed to rewind", "reinitializing due to diverged timelines", "for rewind"),
    /** PostgreSQL is started again, and as what. */
    RECOVERED(
            "doing crash recovery",
            "start(ed|ing) as (a )?(secondary|readonly|standby leader)",
            "starting as readonly",
            "restarting after failure"),
    /** A switchover or failover that a person asked for. */
    MANUAL("manual failover", "manual scheduled", "cleaning up failover key"),
    /** What a node does in each loop; worth telling when it changes. */
    ROLE("no action\\.", "lock owner:", "following a (different )?leader");

    @SuppressWarnings("ImmutableEnumChecker") // a pattern does not change
    private final Pattern words;

    LogTopic(String... words) {
        this.words = Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }

    /** The topic of a line; empty if it explains no change of leader. */
    public static Optional<LogTopic> of(String line) {
        return Arrays.stream(values())
                .filter(topic -> topic.words.matcher(line).find())
                .findFirst();
    }

    /** Whether such a line comes again and again, so that it says something only when it differs from the last. */
    public boolean repeats() {
        return this == ROLE;
    }
}
