/**
 * The simulated cluster itself, without servers: the DCS, nodes and their HA loops, leader races
 * ({@link io.patop.sim.core.LeaderRace}), replication, the Swarm and HAProxy.
 *
 * <p>One thread, simulated time, seeded chance, no I/O.
 */
package io.patop.sim.core;
