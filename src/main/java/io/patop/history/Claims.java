package io.patop.history;

import java.time.Duration;

/**
 * What the cluster's settings promise of acknowledged writes. Everything else that is checked is promised always.
 *
 * @param durability whether a failover may lose acknowledged writes at all
 * @param ttl the time before the end of a leader within which its writes are at risk, if they are
 * @param maximumLag maximum_lag_on_failover, in bytes: what a new leader may lack
 * @param total the sum of all accounts
 */
public record Claims(Durability durability, Duration ttl, long maximumLag, long total) {

    /** Patroni's promise. */
    public enum Durability {
        /** {@code synchronous_mode}: no failover loses an acknowledged write. */
        SYNCHRONOUS("synchronous: no acknowledged write may be lost"),
        /** A failover may lose what the new leader had not received yet. */
        ASYNCHRONOUS("asynchronous: what a new leader had not received yet may be lost");

        private final String text;

        Durability(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Fewest bytes of WAL that a write takes, so that the number of writes at risk is never said too large. */
    private static final long BYTES_A_WRITE = 100;

    /** Returns whether a failover may lose this write. */
    boolean isAtRisk(long untilLastWriteMicros, long writesAfter) {
        return durability == Durability.ASYNCHRONOUS
                && (untilLastWriteMicros <= ttl.toNanos() / 1000 || writesAfter <= maximumLag / BYTES_A_WRITE);
    }
}
