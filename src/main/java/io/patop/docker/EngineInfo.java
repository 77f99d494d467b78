package io.patop.docker;

import java.util.Locale;
import java.util.Objects;

/**
 * The engine itself ({@code GET /info}).
 *
 * @param name of its host
 * @param version of the engine
 * @param nodeId in the swarm; empty outside of one
 * @param swarm its part in a swarm
 */
public record EngineInfo(String name, String version, String nodeId, Swarm swarm) {

    /** An engine's part in a swarm. */
    public enum Swarm {
        /** May read and change services. */
        MANAGER,
        /** Runs tasks, and may not even read services. */
        WORKER,
        /** Is in no swarm. */
        INACTIVE,
        /** Is joining, locked or in error: a swarm without use for now. */
        OTHER;

        static Swarm of(String localNodeState, boolean controlAvailable) {
            return switch (localNodeState.toLowerCase(Locale.ROOT)) {
                case "active" -> controlAvailable ? MANAGER : WORKER;
                case "inactive", "" -> INACTIVE;
                default -> OTHER;
            };
        }
    }

    /** Checks that all parts are there. */
    public EngineInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(nodeId, "nodeId");
        Objects.requireNonNull(swarm, "swarm");
    }
}
