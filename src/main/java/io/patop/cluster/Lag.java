package io.patop.cluster;

/**
 * How far a replica is behind, as Patroni tells it: a number of bytes, the word {@code unknown}, or nothing
 * at all, as for the leader. The three are different and stay so: unknown is never 0.
 */
public sealed interface Lag {

    /** Patroni's word for a lag that it cannot tell. */
    Lag UNKNOWN = new Unknown();

    /** There is nothing to be behind of: the leader. */
    Lag NONE = new None();

    /** A lag of so many bytes. */
    static Lag of(long bytes) {
        return new Bytes(bytes);
    }

    /**
     * So many bytes of WAL.
     *
     * @param count 0 or more
     */
    record Bytes(long count) implements Lag {
        /** Checks the range. */
        public Bytes {
            if (count < 0) {
                throw new IllegalArgumentException("a lag is 0 bytes or more, not " + count);
            }
        }
    }

    /** The member published no position. */
    record Unknown() implements Lag {}

    /** The member leads, or an answer that has no such field. */
    record None() implements Lag {}
}
