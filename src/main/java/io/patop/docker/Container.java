package io.patop.docker;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container on the engine's own host.
 *
 * @param id the full id
 * @param name its name without the slash
 * @param image the image as it was requested
 * @param state Docker's state: {@code running}, {@code paused}, {@code exited}…
 * @param status Docker's text for people, e.g. {@code Up 3 minutes}
 * @param taskId id of its Swarm task; empty for a plain container
 * @param composeProject its Compose project, if it has one
 * @param composeService its service in Compose, if it has one
 * @param addresses its addresses by the name of the network; empty while it does not run
 * @param networks names of the networks that it joins, whether it runs or not
 */
public record Container(
        String id,
        String name,
        String image,
        String state,
        String status,
        Optional<String> taskId,
        Optional<String> composeProject,
        Optional<String> composeService,
        Map<String, String> addresses,
        Set<String> networks) {
    public Container {
        addresses = Map.copyOf(addresses);
        networks = Set.copyOf(networks);
    }

    /** Returns whether it runs and is not frozen. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** Returns whether it is frozen. */
    public boolean isPaused() {
        return state.equals("paused");
    }

    /** Returns all its addresses. */
    public Set<String> allAddresses() {
        return Set.copyOf(addresses.values());
    }
}
