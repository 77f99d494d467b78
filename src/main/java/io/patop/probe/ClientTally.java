package io.patop.probe;

import io.patop.probe.Clients.Period;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Adds up what the clients meet with. For any thread; has no clock. */
final class ClientTally {

    /** An open write counts as waiting after that; most are under way for some milliseconds. */
    private static final Duration WAITING = Duration.ofSeconds(1);

    private final int clients;
    private final Map<Integer, Open> open = new HashMap<>();
    private final Map<Period, Sums> sums = new EnumMap<>(Period.class);
    private Period period = Period.BEFORE;
    private int run;

    private record Open(long began, Period period, int run) {}

    private static final class Sums {
        private final LatencyHistogram waits = new LatencyHistogram();
        private long writes;
        private long waiting;
        private long refused;
        private long failed;
        private long reconnects;

        private ClientLoad.Counts counts() {
            return new ClientLoad.Counts(writes, waits.percentiles(), waiting, refused, failed, reconnects);
        }
    }

    ClientTally(int clients) {
        this.clients = clients;
    }

    /** A client wants to write. */
    synchronized void began(int client, long nanos) {
        open.put(client, new Open(nanos, period, run));
    }

    /** What that client wanted to write is acknowledged. */
    synchronized void acknowledged(int client, long nanos) {
        Open write = open.remove(client);
        // One that was open when its run ended has been counted there.
        if (write != null) {
            Sums in = sums(write);
            in.writes++;
            in.waits.add(Duration.ofNanos(nanos - write.began()));
        }
    }

    /** A connection could not be made. */
    synchronized void refused() {
        sums(period).refused++;
    }

    /** A write failed on a connection. */
    synchronized void failed() {
        sums(period).failed++;
    }

    /** A connection was made in place of a lost one. */
    synchronized void reconnected() {
        sums(period).reconnects++;
    }

    synchronized void enter(Period next) {
        period = next;
    }

    synchronized ClientLoad take(long nanos) {
        open.values().removeIf(write -> {
            Duration waited = Duration.ofNanos(nanos - write.began());
            boolean waits = waited.compareTo(WAITING) >= 0;
            if (waits) {
                Sums in = sums(write);
                in.waiting++;
                in.waits.add(waited);
            }
            return waits;
        });
        Map<Period, ClientLoad.Counts> counts = new EnumMap<>(Period.class);
        sums.forEach((when, all) -> counts.put(when, all.counts()));
        sums.clear();
        run++;
        period = Period.BEFORE;
        return new ClientLoad(clients, counts);
    }

    /** A write that waited across the beginning of a period was delayed by the fault, or may have been. */
    private Sums sums(Open write) {
        return sums(write.period() == period || write.run() != run ? period : Period.DURING);
    }

    private Sums sums(Period when) {
        return sums.computeIfAbsent(when, none -> new Sums());
    }
}
