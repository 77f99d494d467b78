package io.patop.docker;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Swarm service.
 *
 * @param id its id
 * @param name its name, e.g. {@code patroni_patroni1}
 * @param mode how its tasks are placed
 * @param desired number of desired tasks; empty for a service that cannot be scaled (global, job)
 * @param running number of running tasks, if the engine tells (API 1.41)
 * @param image its image without the digest
 * @param stack the stack it was deployed with; empty for one made by hand
 * @param networkIds ids of the networks that its tasks join
 * @param ports published ports, in Docker's order
 * @param update state of its last update, in Docker's word, e.g. {@code updating} or {@code paused}
 */
public record Service(
        String id,
        String name,
        Mode mode,
        Optional<Integer> desired,
        Optional<Integer> running,
        String image,
        Optional<String> stack,
        Set<String> networkIds,
        List<Port> ports,
        Optional<String> update) {

    /** How a service's tasks are placed. */
    public enum Mode {
        /** As many tasks as it is scaled to. */
        REPLICATED,
        /** A task on each node. */
        GLOBAL,
        /** Tasks that run to their end, or a mode of a newer engine. */
        JOB
    }

    /**
     * A published port.
     *
     * @param published port on the outside; 0 while the engine has not chosen one
     * @param target port in the container
     * @param protocol {@code tcp}, {@code udp} or {@code sctp}
     */
    public record Port(int published, int target, String protocol) {}

    public Service {
        networkIds = Set.copyOf(networkIds);
        ports = List.copyOf(ports);
    }
}
