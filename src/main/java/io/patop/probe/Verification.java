package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the writes are read back, and evaluates the result. They are read as soon as a write is acknowledged
 * after others failed, or by another server, from time to time, and at the end. Rows that were read back are removed
 * after an hour, so that a long run does not fill the disk. Used by the probe's thread, except for its {@link Task}.
 */
final class Verification {

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long EVERY_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long KEPT_SECONDS = 3600;
    private static final int LAST_TRIES = 3;

    private final ProbeSettings settings;
    private final ProbeTable table;
    private final String run;
    private final Ledger ledger;
    private final Clock clock;
    private Optional<Server> server = Optional.empty();
    private boolean hasFailed;
    private boolean isDue;
    private boolean running;
    private boolean lastTold;
    private int lastTries;
    private long notBefore = System.nanoTime();
    private long nextNanos = System.nanoTime() + EVERY_NANOS;
    private long highest;
    private long floor;
    private long floorNext;

    /** Reads the rows, and blocks for a bounded time. For any thread. */
    interface Task {
        /** The verdict; empty if the database cannot be read. */
        Optional<Verdict> run();
    }

    Verification(ProbeSettings settings, ProbeTable table, String run, Ledger ledger, Clock clock) {
        this.settings = settings;
        this.table = table;
        this.run = run;
        this.ledger = ledger;
        this.clock = clock;
    }

    void wrote(Write write) {
        highest = Math.max(highest, write.number());
        if (!write.isAcknowledged()) {
            hasFailed = true;
            return;
        }
        boolean moved = server.isPresent() && write.server().isPresent() && !server.equals(write.server());
        server = write.server().or(() -> server);
        if (hasFailed || moved) {
            isDue = true;
            hasFailed = false;
        }
    }

    boolean isDue(long nanos, long numbers) {
        boolean byTime = numbers > 0 && !hasFailed && nanos - nextNanos >= 0;
        return !running && (isDue || byTime) && nanos - notBefore >= 0;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether another try for the last verdict should be made. */
    boolean mayTryLast() {
        return !lastTold && lastTries < LAST_TRIES;
    }

    Task begin(boolean last) {
        running = true;
        isDue = false;
        lastTries += last ? 1 : 0;
        Ledger.Page page = ledger.page();
        long above = floor;
        long upTo = Math.max(floor, highest - KEPT_SECONDS * settings.rate());
        floorNext = upTo;
        return () -> read(page, above, upTo, last);
    }

    void ended(Optional<Verdict> verdict, long nanos) {
        running = false;
        nextNanos = nanos + EVERY_NANOS;
        notBefore = nanos + RETRY_NANOS;
        isDue |= verdict.isEmpty();
        lastTold |= verdict.filter(Verdict::last).isPresent();
        if (verdict.filter(Verdict::isGood).isPresent()) {
            floor = floorNext;
            ledger.forget(floor);
        }
    }

    private Optional<Verdict> read(Ledger.Page page, long above, long upTo, boolean last) {
        try (Connection connection = settings.dsn().open(settings.connectTimeout(), settings.socketTimeout())) {
            Ledger.Found found = new Ledger.Found();
            Optional<Server> from = table.read(connection, run, above, found);
            Verdict verdict = page.against(found.done(), clock.instant(), from, last);
            if (verdict.isGood() && upTo > above) {
                table.forget(connection, run, upTo);
            }
            return Optional.of(verdict);
        } catch (SQLException unreadable) {
            return Optional.empty();
        }
    }
}
