package io.patop.probe;

import io.patop.probe.Clients.Period;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a number of clients met with in a run of a drill.
 *
 * @param clients how many there are
 * @param periods the results of each period
 */
public record ClientLoad(int clients, Map<Period, Counts> periods) {

    /**
     * The results of one period.
     *
     * @param writes acknowledged ones
     * @param waits how long the writes took, from when a client wanted to write until it was acknowledged, with all
     *     that it tried in between; those that still wait count with what they have waited; empty if there were none
     * @param waiting writes that have not been acknowledged in the end
     * @param refused connections that could not be made
     * @param failed tries to write that failed on a connection
     * @param reconnects connections that were made in place of a lost one
     */
    public record Counts(
            long writes, Optional<Percentiles> waits, long waiting, long refused, long failed, long reconnects) {

        /** No results. */
        public static final Counts NONE = new Counts(0, Optional.empty(), 0, 0, 0, 0);
    }

    /**
     * The distribution of times.
     *
     * @param p50 half of them are no longer
     * @param p95 95 % are no longer
     * @param p99 99 % are no longer
     * @param max the longest
     */
    public record Percentiles(Duration p50, Duration p95, Duration p99, Duration max) {}

    public ClientLoad {
        if (clients < 1) {
            throw new IllegalArgumentException("there is a client or more, not " + clients);
        }
        Map<Period, Counts> all = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            all.put(period, periods.getOrDefault(period, Counts.NONE));
        }
        periods = Collections.unmodifiableMap(all);
    }

    /** The results of that period. */
    public Counts of(Period period) {
        return periods.getOrDefault(period, Counts.NONE);
    }
}
