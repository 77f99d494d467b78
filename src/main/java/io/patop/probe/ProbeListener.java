package io.patop.probe;

import io.patop.cluster.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whom a probe tells. Called by one thread at a time; must be quick. */
public interface ProbeListener {

    /**
     * Writing begins.
     *
     * @param at when
     * @param target where and how
     */
    void started(Instant at, ProbeTarget target);

    /** The outcome of some writes is known: at least one, in the order in which they ended. */
    void wrote(Instant at, List<Write> writes);

    /** The outcome of some reads is known: at least one, in the order in which they ended. */
    void read(Instant at, List<Read> reads);

    /** What was written has been read back: after an outage, and at the end. */
    void verified(Instant at, Verdict verdict);

    /**
     * Two servers accept writes at the same time.
     *
     * @param at when that was seen
     * @param one that accepted writes before and after the other did
     * @param other that accepted one in between
     */
    void twoWritable(Instant at, Server one, Server other);

    /**
     * The probe has ended, and tells nothing more.
     *
     * @param at when
     * @param why if not because it was told to: the table is missing or not its own, the password is wrong
     */
    void ended(Instant at, Optional<Failure> why);
}
