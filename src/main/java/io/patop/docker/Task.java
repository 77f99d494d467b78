package io.patop.docker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of a service.
 *
 * @param id its id
 * @param serviceId its service's id
 * @param slot its slot, 1 for the first replica; empty in a global service
 * @param nodeId the node it was assigned to; empty before that
 * @param state Docker's state, e.g. {@code running}, {@code preparing}, {@code failed}
 * @param desired the state that Docker wants it in
 * @param message what it does, in Docker's words
 * @param error what went wrong; empty if nothing did
 * @param at when it entered this state
 * @param containerId its container, once there is one
 * @param attachments its networks; a task that has ended still lists the addresses it had
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
    public Task {
        attachments = List.copyOf(attachments);
    }

    /** Returns its addresses on all its networks, without prefix lengths. */
    public Set<String> addresses() {
        return attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean isRunning() {
        return state.equals("running");
    }

    /** Returns whether it ended without being told to. */
    public boolean hasFailed() {
        return state.equals("failed") || state.equals("rejected");
    }

    /** Returns whether Docker still wants it, or it still runs on its way down. */
    public boolean isCurrent() {
        return desired.equals("running") || desired.equals("ready") || isRunning();
    }
}
