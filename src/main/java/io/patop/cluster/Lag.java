package io.patop.cluster;

/**
 * The lag of a replica as Patroni reports it: a number of bytes, the word {@code unknown}, or nothing, as for the
 * leader. The three are kept apart: unknown is never 0.
 */
public sealed interface Lag {

    /** Patroni's word for a lag that it does not know. */
    Lag UNKNOWN = new Unknown();

    /** No lag, since the member is the leader. */
    Lag NONE = new None();

    /** A lag of that many bytes. */
    static Lag of(long bytes) {
        return new Bytes(bytes);
    }

    /**
     * A number of bytes of WAL.
     *
     * @param count 0 or more
     */
    record Bytes(long count) implements Lag {
        public Bytes {
            if (count < 0) {
                throw new IllegalArgumentException("a lag is 0 bytes or more, not " + count);
            }
        }
    }

    /** The member published no position. */
    record Unknown() implements Lag {}

    /** The member leads, or the answer has no lag field. */
    record None() implements Lag {}
}
