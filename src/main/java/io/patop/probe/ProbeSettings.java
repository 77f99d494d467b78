package io.patop.probe;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person asks of a probe.
 *
 * @param dsn where to write
 * @param table that is the probe's own: {@code NAME} or {@code SCHEMA.NAME}
 * @param create whether to make the table where it is missing
 * @param rate writes a second, 1 to 100
 * @param connectTimeout bounds the way to a connection, for each server that is tried
 * @param socketTimeout bounds each answer
 * @param reads where to read, if reads are to be probed too
 * @param count after how many writes the probe ends by itself; empty for never
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

    /** The table, where none is named. */
    public static final String DEFAULT_TABLE = "patop_probe";

    /** Writes a second, where nothing is said. */
    public static final int DEFAULT_RATE = 10;

    /** Both timeouts, where nothing is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    /** Checks the table's name, the rate, and that the timeouts are bounds. */
    public ProbeSettings {
        Objects.requireNonNull(dsn, "dsn");
        Objects.requireNonNull(reads, "reads");
        if (count.filter(most -> most < 1).isPresent()) {
            throw new IllegalArgumentException("a count is 1 or more, not " + count.get());
        }
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || socketTimeout.isNegative()
                || socketTimeout.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing");
        }
        String checked = new ProbeTable(table).name();
        Objects.requireNonNull(checked, "table");
        if (rate < ProbeTarget.LEAST_RATE || rate > ProbeTarget.MOST_RATE) {
            throw new IllegalArgumentException("a rate is " + ProbeTarget.LEAST_RATE + " to " + ProbeTarget.MOST_RATE
                    + " writes a second, not " + rate);
        }
    }

    /** With everything else as it is where nothing is said. */
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

    /** The same, and the table is made where it is missing. */
    public ProbeSettings withCreate() {
        return new ProbeSettings(dsn, table, true, rate, connectTimeout, socketTimeout, reads, count);
    }

    /** The same at another rate. */
    public ProbeSettings withRate(int writes) {
        return new ProbeSettings(dsn, table, create, writes, connectTimeout, socketTimeout, reads, count);
    }

    /** The same, within other bounds. */
    public ProbeSettings withTimeouts(Duration connect, Duration socket) {
        return new ProbeSettings(dsn, table, create, rate, connect, socket, reads, count);
    }

    /** The same, and reads are probed there. */
    public ProbeSettings withReads(Dsn from) {
        return new ProbeSettings(dsn, table, create, rate, connectTimeout, socketTimeout, Optional.of(from), count);
    }

    /** The same, and it ends after so many writes. */
    public ProbeSettings withCount(long most) {
        return new ProbeSettings(dsn, table, create, rate, connectTimeout, socketTimeout, reads, Optional.of(most));
    }

    /** What may be shown of it. */
    public ProbeTarget target() {
        return new ProbeTarget(dsn.text(), table, rate, connectTimeout, socketTimeout, reads.map(Dsn::text));
    }
}
