package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks whether the server that took the writes before still does. For some seconds after the writes go to another
 * server, the old one is asked directly, once a second, at the address that it gave. If that cannot be reached, only
 * the probe's own connections show anything.
 */
final class SplitBrainCheck {

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FOR_NANOS = Duration.ofSeconds(10).toNanos();

    private final ProbeSettings settings;
    private final ProbeTable table;
    private final String run;
    private final Clock clock;
    private final WritableIntervals reigns = new WritableIntervals();
    private Optional<Server> present = Optional.empty();
    private Optional<Server> old = Optional.empty();
    private long until;
    private long next;

    SplitBrainCheck(ProbeSettings settings, ProbeTable table, String run, Clock clock) {
        this.settings = settings;
        this.table = table;
        this.run = run;
        this.clock = clock;
    }

    /**
     * Notes that a server accepted a write; returns another server that must have been writable at the same time, if
     * there is one.
     */
    Optional<Server> accepted(Server server, Instant began, Instant ended) {
        return reigns.accepted(server, began, ended);
    }

    void wrote(Write write, long nanos) {
        if (!write.isAcknowledged()
                || write.server().isEmpty()
                || write.server().equals(present)) {
            return;
        }
        if (present.isPresent()) {
            old = present;
            next = nanos;
            until = nanos + FOR_NANOS;
        }
        present = write.server();
    }

    /** The server that should be asked now, if there is one. */
    Optional<Server> due(long nanos) {
        if (old.isEmpty() || nanos - next < 0) {
            return Optional.empty();
        }
        next = nanos + EVERY_NANOS;
        Optional<Server> asked = old;
        if (next - until > 0) {
            old = Optional.empty();
        }
        return asked;
    }

    /**
     * Tries a write on the server, and returns the server if it accepts it. Blocks for a bounded time; for any
     * thread.
     */
    Optional<Server> ask(Server server) {
        try (Connection connection =
                settings.dsn().at(server).open(settings.connectTimeout(), settings.socketTimeout())) {
            return table.write(connection, run, 0, clock.instant()).filter(server::equals);
        } catch (SQLException notWritable) {
            return Optional.empty();
        }
    }
}
