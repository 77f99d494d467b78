package io.patop.control.place;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must be true before a member's command is run.
 *
 * @param command that tells it, and changes nothing
 * @param objection what speaks against it, in one line, by the end of what that command printed; empty if nothing does
 */
public record Precondition(List<String> command, Function<String, Optional<String>> objection) {
    public Precondition {
        command = List.copyOf(command);
    }
}
