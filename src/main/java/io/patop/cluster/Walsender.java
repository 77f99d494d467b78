package io.patop.cluster;

/**
 * One receiver of a node's WAL, from the node's {@code pg_stat_replication}. Together the receivers of all nodes show
 * who really streams from whom.
 *
 * @param applicationName the receiving member's name
 * @param clientAddress the address that it connects from; empty for a local socket
 * @param state e.g. {@code streaming}, {@code catchup}
 * @param syncState {@code async}, {@code sync}, {@code potential} or {@code quorum}
 */
public record Walsender(String applicationName, String clientAddress, String state, String syncState) {

    /** Whether it receives WAL as it is written. */
    public boolean isStreaming() {
        return state.equals("streaming");
    }
}
