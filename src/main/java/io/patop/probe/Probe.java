package io.patop.probe;

/**
 * A write probe on one database. It keeps writing at its rate whatever happens to a connection: each try is bounded
 * in time, and none waits for another.
 */
public interface Probe extends AutoCloseable {

    /** The database, and how it is written to. */
    ProbeTarget target();

    /**
     * Checks the database and the table, then writes until it is told to end. Returns at once; the listener is told
     * everything, {@link ProbeListener#ended} last.
     */
    void start(ProbeListener listener);

    /**
     * Stops writing, waits for the tries under way, reads all writes back, and reports the verdict and the end.
     * Blocks for a bounded time; if the database cannot be read there is no verdict.
     */
    void finish();

    /** Ends the probe at once, without a verdict. */
    @Override
    void close();
}
