package io.patop.docker;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of a service.
 *
 * @param id of it
 * @param serviceId of its service
 * @param slot 1 for the first replica; empty in a global service
 * @param nodeId that it was given to; empty while it is not
 * @param state Docker's word, e.g. {@code running}, {@code preparing}, {@code failed}
 * @param desired the state that Docker wants it in
 * @param message what it does, in Docker's words
 * @param error what went wrong; empty if nothing did
 * @param at when it came into this state
 * @param containerId that it runs in, once there is one
 * @param attachments to networks; a task that has ended still lists the addresses it had
 */
public record Task(
        String id,
        String serviceId,
        Optional<Integer> slot,
        Optional<String> nodeId,
        String state,
        String desired,
        String message,
        String error,
        Optional<Instant> at,
        Optional<String> containerId,
        List<Attachment> attachments) {
    /** Copies the list. */
    public Task {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(serviceId, "serviceId");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(nodeId, "nodeId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(desired, "desired");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(containerId, "containerId");
        attachments = List.copyOf(attachments);
    }

    /** Its addresses on all its networks, without prefix lengths. */
    public Set<String> addresses() {
        return attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .collect(Collectors.toUnmodifiableSet());
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
