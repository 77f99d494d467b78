package io.patop.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * The database that a probe writes to and how, without secrets.
 *
 * @param database e.g. {@code patop@haproxy:5000/postgres}
 * @param table the probe's own table, as given; with its schema if one was given
 * @param rate writes a second, 1 to 100
 * @param connectTimeout bounds the time to connect
 * @param socketTimeout bounds each answer
 * @param reads the database that is read, in the same form; empty if reads are not probed
 * @param pooler the pooler before the database; empty if there is none, or if that is not known
 */
public record ProbeTarget(
        String database,
        String table,
        int rate,
        Duration connectTimeout,
        Duration socketTimeout,
        Optional<String> reads,
        Optional<Pooler> pooler) {

    /** The fewest writes a second. */
    public static final int LEAST_RATE = 1;

    /** The most writes a second. */
    public static final int MOST_RATE = 100;

    public ProbeTarget {
        if (rate < LEAST_RATE || rate > MOST_RATE) {
            throw new IllegalArgumentException(
                    "a rate is " + LEAST_RATE + " to " + MOST_RATE + " writes a second, not " + rate);
        }
    }

    /** The target behind that pooler, or behind none. */
    public ProbeTarget behind(Optional<Pooler> found) {
        return new ProbeTarget(database, table, rate, connectTimeout, socketTimeout, reads, found);
    }

    /** The database, with the pooler if one is known: {@code patop@pgbouncer:6432/patop through PgBouncer 1.18.0}. */
    public String text() {
        return database + pooler.map(known -> " through " + known.text()).orElse("");
    }
}
