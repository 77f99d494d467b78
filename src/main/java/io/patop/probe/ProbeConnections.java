package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The connections of one kind of try. The one that answered last is used again; while it hangs, others are
 * opened beside it, so many and so seldom that there is always one to spare: at most {@link #MOST}, each of
 * them held up no longer than a timeout. The more of them hang the rarer they become: a server that is short of time
 * would spend what it has on connections that are given up before they are open (seen: an outage that lasted until the
 * probe ended). Used by the probe's thread alone; it never waits.
 */
final class ProbeConnections {

    /** Connections at a time. */
    static final int MOST = 32;

    private static final long UNUSED_NANOS = Duration.ofSeconds(10).toNanos();

    /** Up to so many that hang at a time change nothing. */
    private static final int FEW = 2;

    private final long spacingNanos;
    private final Deque<Held> idle = new ArrayDeque<>();
    private int busy;
    private boolean opened;
    private long openedAt;

    private record Held(Connection connection, long usedAt) {}

    /**
     * Leave to make one try.
     *
     * @param connection to use; empty to open one
     */
    record Lease(Optional<Connection> connection) {}

    /** Connections that hang no longer than that. */
    ProbeConnections(Duration timeout) {
        this.spacingNanos = timeout.toNanos() / MOST;
    }

    /** Leave to make one try now, unless all connections hang. */
    Optional<Lease> lease(long nanos) {
        Held unused = idle.peekFirst();
        if (idle.size() > 1 && nanos - unused.usedAt() > UNUSED_NANOS) {
            abort(idle.removeFirst().connection());
        }
        Held held = idle.pollLast();
        if (held != null && nanos - held.usedAt() > UNUSED_NANOS) {
            // Nobody tried for so long: this process was stopped. What it led to may long be gone.
            abort(held.connection());
            held = null;
        }
        if (held != null) {
            busy++;
            return Optional.of(new Lease(Optional.of(held.connection())));
        }
        if (busy >= MOST || (opened && nanos - openedAt < spacing())) {
            return Optional.empty();
        }
        opened = true;
        openedAt = nanos;
        busy++;
        return Optional.of(new Lease(Optional.empty()));
    }

    /** While all of them hang there are a dozen at most. */
    private long spacing() {
        return spacingNanos * Math.max(FEW, busy) / FEW;
    }

    /** The try is over; its connection can be used again. */
    void succeeded(Connection connection, long nanos) {
        busy--;
        add(connection, nanos);
    }

    /** The try is over, and its connection closed; those that wait most likely led to the same server. */
    void failed() {
        busy--;
        close();
    }

    /** A connection that was opened elsewhere. */
    void add(Connection connection, long nanos) {
        idle.addLast(new Held(connection, nanos));
    }

    /** How many tries are under way. */
    int busy() {
        return busy;
    }

    /** Ends the connections that wait. */
    void close() {
        idle.forEach(held -> abort(held.connection()));
        idle.clear();
    }

    /** Ends a connection without a word to the server, which may hang. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            // It is gone already, which is what was wanted.
            return;
        }
    }
}
