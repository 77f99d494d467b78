package io.patop.docker;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A container on the engine's own host.
 *
 * @param id whole
 * @param name without the slash
 * @param image as it was asked for
 * @param state Docker's word: {@code running}, {@code paused}, {@code exited}…
 * @param status for people, e.g. {@code Up 3 minutes}
 * @param taskId of the Swarm task that it is; empty for a plain one
 * @param composeProject that it belongs to, if it is of Compose
 * @param composeService its name in Compose, if it is of Compose
 * @param addresses by the name of the network; empty while it does not run
 * @param networks that it joins, by name, whether it runs or not
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
    /** Copies the map and the set. */
    public Container {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(composeProject, "composeProject");
        Objects.requireNonNull(composeService, "composeService");
        addresses = Map.copyOf(addresses);
        networks = Set.copyOf(networks);
    }

    /** Whether it runs and is not frozen. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** Whether it is frozen. */
    public boolean isPaused() {
        return state.equals("paused");
    }

    /** Whether it has that address on one of its networks. */
    public boolean hasAddress(String address) {
        return addresses.containsValue(address);
    }

    /** All its addresses. */
    public Set<String> allAddresses() {
        return Set.copyOf(addresses.values());
    }
}
