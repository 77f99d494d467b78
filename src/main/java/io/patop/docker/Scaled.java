package io.patop.docker;

/**
 * A service that has been scaled.
 *
 * @param service its name
 * @param before how many tasks it should have run
 * @param now how many it should run from now on
 */
public record Scaled(String service, int before, int now) {}
