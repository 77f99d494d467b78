package io.patop.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a probe.
 *
 * @param dsn the database to write to
 * @param table the probe's own table: {@code NAME} or {@code SCHEMA.NAME}
 * @param create whether to create the table if it is missing
 * @param rate writes a second, 1 to 100
 * @param connectTimeout bounds the time to connect, for each server that is tried
 * @param socketTimeout bounds each answer
 * @param reads the database to read from; empty if reads are not probed
 * @param count the number of writes after which the probe ends by itself; empty for no limit
 */
public record ProbeSettings(
        Dsn dsn,
        String table,
        boolean create,
        int rate,
        Duration connectTimeout,
        Duration socketTimeout,
        Optional<Dsn> reads,
        Optional<Long> count) {

    /** The default name of the table. */
    public static final String DEFAULT_TABLE = "patop_probe";

    /** The default rate, in writes a second. */
    public static final int DEFAULT_RATE = 10;

    /** The default of both timeouts. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    public ProbeSettings {
        if (count.filter(most -> most < 1).isPresent()) {
            throw new IllegalArgumentException("a count is 1 or more, not " + count.get());
        }
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || socketTimeout.isNegative()
                || socketTimeout.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing");
        }
        String unused = new ProbeTable(table).name();
        if (rate < ProbeTarget.LEAST_RATE || rate > ProbeTarget.MOST_RATE) {
            throw new IllegalArgumentException("a rate is " + ProbeTarget.LEAST_RATE + " to " + ProbeTarget.MOST_RATE
                    + " writes a second, not " + rate);
        }
    }

    /** The settings for that database, with defaults for everything else. */
    public static ProbeSettings of(Dsn dsn) {
        return new ProbeSettings(
                dsn,
                DEFAULT_TABLE,
                false,
                DEFAULT_RATE,
                DEFAULT_TIMEOUT,
                DEFAULT_TIMEOUT,
                Optional.empty(),
                Optional.empty());
    }

    /** These settings, with the table created if it is missing. */
    public ProbeSettings withCreate() {
        return new ProbeSettings(dsn, table, true, rate, connectTimeout, socketTimeout, reads, count);
    }

    /** These settings with another rate. */
    public ProbeSettings withRate(int writes) {
        return new ProbeSettings(dsn, table, create, writes, connectTimeout, socketTimeout, reads, count);
    }

    /** These settings with other timeouts. */
    public ProbeSettings withTimeouts(Duration connect, Duration socket) {
        return new ProbeSettings(dsn, table, create, rate, connect, socket, reads, count);
    }

    /** These settings with timeouts of that length at least. */
    public ProbeSettings withPatience(Duration least) {
        return withTimeouts(longer(connectTimeout, least), longer(socketTimeout, least));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** These settings with reads from that database. */
    public ProbeSettings withReads(Dsn from) {
        return new ProbeSettings(dsn, table, create, rate, connectTimeout, socketTimeout, Optional.of(from), count);
    }

    /** These settings with an end after that many writes. */
    public ProbeSettings withCount(long most) {
        return new ProbeSettings(dsn, table, create, rate, connectTimeout, socketTimeout, reads, Optional.of(most));
    }

    /** The part of the settings that may be shown. */
    public ProbeTarget target() {
        return new ProbeTarget(
                dsn.text(), table, rate, connectTimeout, socketTimeout, reads.map(Dsn::text), Optional.empty());
    }
}
