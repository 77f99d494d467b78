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
        /** Is joining one. */
        PENDING,
        /** Waits for the swarm's key after a restart (autolock). */
        LOCKED,
        /** Has failed to join, or its certificate has run out. */
        ERROR,
        /** Says a word that this program does not know. */
        OTHER;

        /** Why an engine in this part shows no services, and what would; for all but a manager. */
        String withoutServices() {
            return switch (this) {
                case MANAGER -> "this engine is a manager of its swarm";
                case WORKER -> "this node is a worker of its swarm: only a manager shows and scales services";
                case INACTIVE -> "this engine is in no swarm: it has containers only";
                case PENDING -> "this engine is still joining its swarm";
                case LOCKED -> "this engine's swarm is locked: docker swarm unlock";
                case ERROR -> "this engine's swarm is in error: docker info says why";
                case OTHER -> "this engine's swarm is in a state that patop does not know";
            };
        }

        static Swarm of(String localNodeState, boolean controlAvailable) {
            return switch (localNodeState.toLowerCase(Locale.ROOT)) {
                case "active" -> controlAvailable ? MANAGER : WORKER;
                case "inactive", "" -> INACTIVE;
                case "pending" -> PENDING;
                case "locked" -> LOCKED;
                case "error" -> ERROR;
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
