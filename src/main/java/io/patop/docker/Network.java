package io.patop.docker;

import java.util.Objects;

/**
 * A network that the engine knows.
 *
 * @param id of it
 * @param name of it, e.g. {@code patroni_patroni}
 * @param driver e.g. {@code overlay} or {@code bridge}
 * @param scope {@code swarm} or {@code local}
 * @param attachable whether a plain container may join a swarm's network
 */
public record Network(String id, String name, String driver, String scope, boolean attachable) {
    /** Checks that all parts are there. */
    public Network {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(scope, "scope");
    }
}
