package io.patop.sim.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * One node's PostgreSQL: its process, its WAL position, its upstream, and its rows. Positions are bytes from 0/0.
 * {@link #state} and {@link #role} are what Patroni believes, in Patroni's words; {@link #running} is the truth.
 */
public final class Postgres {
    /** Size of a WAL segment, 16 MiB: a walreceiver asks from the start of its segment. */
    private static final long SEGMENT = 16L << 20;

    private static final long CHECKPOINT = 160;

    public String state = "stopped";
    /** primary, promoted, replica, demoted or uninitialized; the word for primary is the version's. */
    String role = "uninitialized";

    public boolean running;
    public boolean inRecovery = true;
    /** False after a crash: the next start needs recovery. */
    boolean cleanlyShutDown;

    boolean hasData = true;
    public int timeline = 1;
    /** Written position of a primary; replayed position in recovery. */
    public long position;

    public long received;
    Optional<String> upstream = Optional.empty();
    boolean streaming;
    /** Time of the walreceiver's next try to reach its upstream. */
    long retryAt;

    public OptionalLong replayedAt = OptionalLong.empty();
    public long startedAt;
    Map<String, PendingChange> pendingRestart = new LinkedHashMap<>();
    /** The end of each past timeline of this data directory. */
    final List<Switch> history = new ArrayList<>();
    /** The position that even a disk that lies about fsync has written. */
    private long synced;
    /** synchronous_standby_names: empty is asynchronous. */
    public Set<String> synchronousStandbys = Set.of();

    public Commit commit = Commit.LOCAL;
    /** The changes of its transactions, by the position of their commit. */
    public final TreeMap<Long, List<TableChange>> changes = new TreeMap<>();

    /** The tables as of some position, for whoever reads them. */
    public final AppliedChanges applied = new AppliedChanges();

    /** What a commit waits for. */
    public enum Commit {
        /** Its own disk. */
        LOCAL,
        /** One of the named standbys. */
        STANDBY,
        /** Any standby at all ({@code *}). */
        ANY
    }

    /** Timeline {@code timeline} ended at {@code position}, at this time of the simulation. */
    record Switch(int timeline, long position, long time) {}

    /** A parameter that waits for a restart. */
    record PendingChange(String before, String after) {}

    boolean isPrimary() {
        return running && !inRecovery;
    }

    /** Returns whether it accepts clients: a fast shutdown ends their sessions first, before its checkpoint. */
    public boolean isOpen() {
        return running && !state.equals("stopping");
    }

    /** Returns the furthest position that it holds. */
    long reach() {
        return inRecovery ? Math.max(received, position) : position;
    }

    /** Returns the position where this directory's history left the timeline {@code left}, if it did. */
    OptionalLong endOf(int left) {
        return history.stream()
                .filter(line -> line.timeline() == left)
                .mapToLong(Switch::position)
                .findFirst();
    }

    /**
     * Returns whether it holds WAL that {@code other} does not have in its history: then it cannot follow without a
     * rewind.
     */
    boolean isDivergedFrom(Postgres other) {
        return forkWith(other) < reach();
    }

    /** Returns up to which position the two histories are equal. */
    long forkWith(Postgres other) {
        if (timeline == other.timeline) {
            return inRecovery ? Long.MAX_VALUE : other.reach();
        }
        if (timeline < other.timeline) {
            return other.endOf(timeline).orElse(0);
        }
        return endOf(other.timeline).orElse(0);
    }

    /**
     * Does pg_basebackup from {@code other}, and pg_rewind too: recovery goes on to the source's position on the
     * source's timeline, and what only this directory had is lost.
     */
    void copyFrom(Postgres other) {
        timeline = other.timeline;
        position = other.position;
        received = position;
        history.clear();
        history.addAll(other.history);
        changes.clear();
        changes.putAll(other.changes);
        applied.forget();
        cleanlyShutDown = true;
        inRecovery = true;
        hasData = true;
    }

    /**
     * Leaves the rest of the segment empty, as recovery in single-user mode does: it ends with a shutdown that
     * archives, and standbys seem 16 MB behind for a moment (seen with 3.0.2).
     */
    void switchWal() {
        position = (position / SEGMENT + 1) * SEGMENT + CHECKPOINT;
    }

    /** Notes that the disk has written everything. */
    void synced() {
        synced = position;
    }

    /** Loses what a disk that lies about fsync has not written. */
    void loseUnsynced() {
        position = Math.min(position, synced);
        received = Math.min(received, position);
        changes.tailMap(position, false).clear();
        applied.forget();
    }

    public void stop(boolean cleanly) {
        running = false;
        streaming = false;
        cleanlyShutDown = cleanly;
    }

    void start(long now, boolean asReplica) {
        running = true;
        inRecovery = asReplica;
        startedAt = now;
        received = asReplica ? position - position % SEGMENT : position;
        pendingRestart.clear();
        synchronousStandbys = Set.of();
        commit = Commit.LOCAL;
        if (!asReplica) {
            upstream = Optional.empty();
        }
    }

    void promote(long now) {
        history.add(new Switch(timeline, position, now));
        timeline += 1;
        synced = position;
        inRecovery = false;
        streaming = false;
        upstream = Optional.empty();
        received = position;
    }

    /** Takes what {@code source} has, at most {@code bytes}. */
    void receive(Postgres source, long bytes, long now) {
        if (source.timeline > timeline) {
            history.removeIf(line -> line.timeline() >= timeline);
            source.history.stream()
                    .filter(line -> line.timeline() >= timeline)
                    .sorted(Comparator.comparingInt(Switch::timeline))
                    .forEach(history::add);
            timeline = source.timeline;
        }
        long before = position;
        long from = Math.max(position, received);
        received = Math.min(source.reach(), from + bytes);
        position = Math.max(position, received);
        if (position > before) {
            changes.putAll(source.changes.subMap(before, false, position, true));
            replayedAt = OptionalLong.of(now);
        }
    }
}
