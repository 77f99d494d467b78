package io.patop.watch.model;

import io.patop.haproxy.StatRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The traffic of one frontend, backend or server, computed from the differences of its counters between two polls.
 *
 * @param at when the counters were taken
 * @param counters their values then
 * @param rates since the poll before; empty at first, and after the counters were reset
 * @param past the rates up to now, oldest first, at most {@link #POINTS}; empty for a time without a known rate
 */
public record TrafficRates(Instant at, Counters counters, Optional<Rates> rates, List<Optional<Rates>> past) {

    /** How many rates are kept. */
    public static final int POINTS = 60;

    /** Shortest interval that gives a rate: over less, whole numbers that come in bursts are noise. */
    private static final Duration SHORTEST = Duration.ofMillis(900);

    /**
     * HAProxy's counters, since its start or since they were cleared.
     *
     * @param sessions {@code stot}
     * @param requests {@code req_tot}, 0 where HTTP is not spoken
     * @param bytesIn {@code bin}
     * @param bytesOut {@code bout}
     * @param errors {@code ereq}, {@code econ} and {@code eresp}
     */
    public record Counters(long sessions, long requests, long bytesIn, long bytesOut, long errors) {

        public static Counters of(StatRow row) {
            return new Counters(
                    count(row, "stot"),
                    count(row, "req_tot"),
                    count(row, "bin"),
                    count(row, "bout"),
                    count(row, "ereq") + count(row, "econ") + count(row, "eresp"));
        }

        private static long count(StatRow row, String column) {
            return row.number(column).orElse(0L);
        }

        private boolean beganAgain(Counters before) {
            return sessions < before.sessions
                    || requests < before.requests
                    || bytesIn < before.bytesIn
                    || bytesOut < before.bytesOut
                    || errors < before.errors;
        }
    }

    /**
     * Rates per second.
     *
     * @param sessions begun
     * @param requests of HTTP, received
     * @param bytesIn from clients
     * @param bytesOut to clients
     * @param errors of requests, connections and responses
     */
    public record Rates(double sessions, double requests, double bytesIn, double bytesOut, double errors) {}

    public TrafficRates {
        past = List.copyOf(past);
    }

    public static TrafficRates begun(Instant at, Counters counters) {
        return new TrafficRates(at, counters, Optional.empty(), List.of());
    }

    /**
     * The rates after the counters were read again. Counters that were reset give no rate, so a rate is never
     * negative.
     */
    public TrafficRates next(Instant now, Counters then) {
        Duration span = Duration.between(at, now);
        if (span.compareTo(SHORTEST) < 0 && !then.beganAgain(counters)) {
            return this;
        }
        Optional<Rates> rate = then.beganAgain(counters) ? Optional.empty() : Optional.of(rates(then, span));
        List<Optional<Rates>> all = new ArrayList<>(past);
        all.add(rate);
        return new TrafficRates(now, then, rate, all.subList(Math.max(0, all.size() - POINTS), all.size()));
    }

    private Rates rates(Counters then, Duration span) {
        double seconds = span.toMillis() / 1000.0;
        return new Rates(
                (then.sessions() - counters.sessions()) / seconds,
                (then.requests() - counters.requests()) / seconds,
                (then.bytesIn() - counters.bytesIn()) / seconds,
                (then.bytesOut() - counters.bytesOut()) / seconds,
                (then.errors() - counters.errors()) / seconds);
    }
}
