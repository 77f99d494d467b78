/**
 * The simulated cluster without servers: the DCS, nodes and their HA loops, leader races
 * ({@link io.patop.sim.core.LeaderRace}), replication, the Swarm and HAProxy.
 *
 * <p>One thread, simulated time, random numbers from a seed, no I/O.
 */
package io.patop.sim.core;
