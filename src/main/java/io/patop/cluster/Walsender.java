package io.patop.cluster;

import java.util.Objects;

/**
 * One receiver of a node's WAL, from its {@code pg_stat_replication}: the true graph of streaming.
 *
 * @param applicationName the receiving member's name
 * @param clientAddress where it connects from; empty for a local socket
 * @param state e.g. {@code streaming}, {@code catchup}
 * @param syncState {@code async}, {@code sync}, {@code potential} or {@code quorum}
 */
public record Walsender(String applicationName, String clientAddress, String state, String syncState) {
    /** Checks that all parts are there. */
    public Walsender {
        Objects.requireNonNull(applicationName, "applicationName");
        Objects.requireNonNull(clientAddress, "clientAddress");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(syncState, "syncState");
    }

    /** Whether it receives as WAL is written. */
    public boolean isStreaming() {
        return state.equals("streaming");
    }
}
