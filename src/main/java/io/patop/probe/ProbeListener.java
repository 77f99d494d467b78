package io.patop.probe;

import io.patop.cluster.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes a probe's reports. Called by one thread at a time; must be quick. */
public interface ProbeListener {

    /**
     * The probe starts writing.
     *
     * @param at when
     * @param target the database, and how it is written to
     */
    void started(Instant at, ProbeTarget target);

    /** The outcome of at least one write is known; the writes are in the order in which they ended. */
    void wrote(Instant at, List<Write> writes);

    /** The outcome of at least one read is known; the reads are in the order in which they ended. */
    void read(Instant at, List<Read> reads);

    /** The writes have been read back, after an outage, from time to time, or at the end. */
    void verified(Instant at, Verdict verdict);

    /**
     * Two servers accept writes at the same time.
     *
     * @param at when that was seen
     * @param one the server that accepted writes before and after the other did
     * @param other the server that accepted a write in between
     */
    void twoWritable(Instant at, Server one, Server other);

    /**
     * The probe has ended, and reports nothing more.
     *
     * @param at when
     * @param why the reason, e.g. that the table is missing or another's, or the password is wrong; empty if it was
     *     told to end
     */
    void ended(Instant at, Optional<Failure> why);
}
