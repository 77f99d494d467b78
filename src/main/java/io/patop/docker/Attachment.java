package io.patop.docker;

import java.util.Objects;
import java.util.Set;

/**
 * A task's place on one network.
 *
 * @param networkId of the network
 * @param networkName of the network
 * @param addresses there, without prefix lengths
 */
public record Attachment(String networkId, String networkName, Set<String> addresses) {
    /** Copies the set. */
    public Attachment {
        Objects.requireNonNull(networkId, "networkId");
        Objects.requireNonNull(networkName, "networkName");
        addresses = Set.copyOf(addresses);
    }
}
