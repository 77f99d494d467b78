package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The connections for one kind of try. The connection that answered last is used again; while it hangs, more are
 * opened beside it, at most {@link #MOST}, at such intervals that one is always free: each hangs no longer than a
 * timeout.
 *
 * <p>While none hangs, as when each is refused at once, connections are opened as often as writes are due. The more of
 * them hang, the longer the intervals become. A server that is short of time would otherwise spend it
 * on connections that are given up before they are open (seen: an outage that lasted until the probe ended).
 *
 * <p>The connection to a standby is kept, since the standby may be promoted in a moment: a new connection to a server
 * with much to do was seen to take a second longer. In turn with it others are opened, since another server may have
 * become the primary. Used by the probe's thread only; it never waits.
 */
final class ProbeConnections {

    /** The largest number of connections at a time. */
    static final int MOST = 32;

    private static final long UNUSED_NANOS = Duration.ofSeconds(10).toNanos();

    /** How many hanging connections make the interval as long as a timeout shared by the largest number. */
    private static final int FEW = 2;

    private final long spacingNanos;
    private final Deque<Held> idle = new ArrayDeque<>();
    private int busy;
    private Optional<Connection> standby = Optional.empty();
    private boolean standbyWasLast;
    private boolean opened;
    private long openedAt;

    private record Held(Connection connection, long usedAt) {}

    /**
     * Permission for one try.
     *
     * @param connection the connection to use; empty to open one
     */
    record Lease(Optional<Connection> connection) {}

    /** Connections that hang no longer than this timeout. */
    ProbeConnections(Duration timeout) {
        this.spacingNanos = timeout.toNanos() / MOST;
    }

    /** Returns permission for one try, unless too many connections hang. */
    Optional<Lease> lease(long nanos) {
        Held unused = idle.peekFirst();
        if (idle.size() > 1 && nanos - unused.usedAt() > UNUSED_NANOS) {
            abort(idle.removeFirst().connection());
        }
        Held held = idle.pollLast();
        if (held != null && nanos - held.usedAt() > UNUSED_NANOS) {
            // Nothing was tried for so long because this process was stopped. The server may be long gone.
            abort(held.connection());
            held = null;
        }
        if (held != null) {
            busy++;
            return Optional.of(new Lease(Optional.of(held.connection())));
        }
        standbyWasLast = standby.isPresent() && !standbyWasLast;
        if (standbyWasLast) {
            Lease lease = new Lease(standby);
            standby = Optional.empty();
            busy++;
            return Optional.of(lease);
        }
        if (busy >= MOST || (opened && nanos - openedAt < spacing())) {
            return Optional.empty();
        }
        opened = true;
        openedAt = nanos;
        busy++;
        return Optional.of(new Lease(Optional.empty()));
    }

    /**
     * The present interval, in nanoseconds, between two new connections: none while nothing hangs. If all of them
     * hang there are a dozen at most.
     */
    private long spacing() {
        return spacingNanos * busy / FEW;
    }

    /** Notes that a try has ended, and that its connection can be used again. */
    void succeeded(Connection connection, long nanos) {
        busy--;
        closeStandby();
        add(connection, nanos);
    }

    /** Notes that a try has ended at a standby, whose connection is kept in place of an earlier one. */
    void refusedByStandby(Connection connection) {
        busy--;
        closeStandby();
        standby = Optional.of(connection);
    }

    /**
     * Notes that a try has ended and its connection is closed. The idle ones are closed too, since they probably lead
     * to the same server.
     */
    void failed() {
        busy--;
        close();
    }

    /** Adds a connection that was opened elsewhere. */
    void add(Connection connection, long nanos) {
        idle.addLast(new Held(connection, nanos));
    }

    /** The number of tries under way. */
    int busy() {
        return busy;
    }

    /** Closes the idle connections. */
    void close() {
        idle.forEach(held -> abort(held.connection()));
        idle.clear();
        closeStandby();
    }

    private void closeStandby() {
        standby.ifPresent(ProbeConnections::abort);
        standby = Optional.empty();
    }

    /** Closes a connection without a message to the server, which may hang. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            // The connection is closed already, as wanted.
            return;
        }
    }
}
