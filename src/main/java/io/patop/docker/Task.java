package io.patop.docker;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One run of a service.
 *
 * @param id of it
 * @param serviceId of its service
 * @param slot 1 for the first replica
 * @param state Docker's word, e.g. {@code running}, {@code preparing}, {@code failed}
 * @param desired the state that Docker wants it in
 * @param error what went wrong; empty if nothing did
 * @param at when it came into this state
 * @param containerId that it runs in, once there is one
 * @param addresses on its networks, without prefix lengths
 */
public record Task(
        String id,
        String serviceId,
        int slot,
        String state,
        String desired,
        String error,
        Optional<Instant> at,
        Optional<String> containerId,
        Set<String> addresses) {
    /** Copies the set. */
    public Task {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(serviceId, "serviceId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(desired, "desired");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(containerId, "containerId");
        addresses = Set.copyOf(addresses);
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** Whether it ended otherwise than by being told to. */
    public boolean hasFailed() {
        return state.equals("failed") || state.equals("rejected");
    }

    /** Whether Docker still wants it, or has it still on its way down. */
    public boolean isCurrent() {
        return desired.equals("running") || desired.equals("ready") || isRunning();
    }
}
