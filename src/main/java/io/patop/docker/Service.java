package io.patop.docker;

import java.util.Objects;
import java.util.Optional;

/**
 * A Swarm service.
 *
 * @param id of it
 * @param name of it, e.g. {@code patroni_patroni1}
 * @param desired how many tasks it should run; empty for a service that cannot be scaled (global, job)
 * @param running how many run, where the engine tells (API 1.41)
 * @param image without its digest
 */
public record Service(String id, String name, Optional<Integer> desired, Optional<Integer> running, String image) {
    /** Checks that all parts are there. */
    public Service {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(desired, "desired");
        Objects.requireNonNull(running, "running");
        Objects.requireNonNull(image, "image");
    }
}
