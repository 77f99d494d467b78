package io.patop.docker;

/**
 * A network that the engine knows.
 *
 * @param id its id
 * @param name its name, e.g. {@code patroni_patroni}
 * @param driver its driver, e.g. {@code overlay} or {@code bridge}
 * @param scope {@code swarm} or {@code local}
 * @param attachable whether a plain container may join a swarm's network
 */
public record Network(String id, String name, String driver, String scope, boolean attachable) {}
