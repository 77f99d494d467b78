/**
 * The built-in simulated cluster: Patroni nodes, their DCS, HAProxy, a Docker Engine and a stand-in for the
 * database, served with their real protocols on loopback.
 *
 * <p>{@link io.patop.sim.Simulation} is the cluster itself: one thread, simulated time, seeded chance, no
 * I/O. {@link io.patop.sim.SimulatedCluster} puts the servers in front of it and lets real time run. Nothing
 * here shares code with the clients of {@code patroni}, {@code docker} and {@code haproxy}: a mistake that
 * both sides made could not be seen.
 */
package io.patop.sim;
