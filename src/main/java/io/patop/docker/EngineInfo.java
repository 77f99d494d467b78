package io.patop.docker;

import java.util.Locale;

/**
 * The engine itself ({@code GET /info}).
 *
 * @param name its host's name
 * @param version its version
 * @param nodeId its node id in the swarm; empty outside of one
 * @param swarm its state in a swarm
 */
public record EngineInfo(String name, String version, String nodeId, Swarm swarm) {

    /** An engine's state in a swarm. */
    public enum Swarm {
        /** Manager: may read and change services. */
        MANAGER,
        /** Worker: runs tasks, and may not even read services. */
        WORKER,
        /** In no swarm. */
        INACTIVE,
        /** Joining a swarm. */
        PENDING,
        /** Waiting for the swarm's key after a restart (autolock). */
        LOCKED,
        /** Failed to join, or its certificate has expired. */
        ERROR,
        /** A state that patop does not know. */
        OTHER;

        /** Returns why an engine in this state shows no services, and what would help; for all but a manager. */
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
}
