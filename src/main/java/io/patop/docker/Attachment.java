package io.patop.docker;

import java.util.Set;

/**
 * A task's place on one network.
 *
 * @param networkId the network's id
 * @param networkName the network's name
 * @param addresses the task's addresses on it, without prefix lengths
 */
public record Attachment(String networkId, String networkName, Set<String> addresses) {
    public Attachment {
        addresses = Set.copyOf(addresses);
    }
}
