package io.patop.probe;

/**
 * A write probe on one database. Writes keep going out at its rate whatever a connection does: each try is
 * bounded in time, and none waits for another.
 */
public interface Probe extends AutoCloseable {

    /** Where it writes and how. */
    ProbeTarget target();

    /**
     * Checks the database and the table, then writes until it is told to end. Returns at once; what it finds
     * is told to the listener, {@link ProbeListener#ended} last.
     */
    void start(ProbeListener listener);

    /**
     * Writes no more, waits for what is under way, reads all back and tells the verdict, then that it has ended.
     * Blocks, for a bounded time; where the database cannot be read there is no verdict.
     */
    void finish();

    /** Ends at once, without a verdict. */
    @Override
    void close();
}
