/**
 * The built-in simulated cluster: Patroni nodes, their DCS, HAProxy, a Docker Engine and a stand-in for the database,
 * served with their real protocols on loopback. {@link io.patop.sim.SimulatedCluster} puts the servers in front of
 * {@code sim.core} and lets real time run.
 *
 * <p>The package shares no code with the clients of {@code patroni}, {@code docker} and {@code haproxy}: a mistake in
 * shared code could not be seen.
 */
package io.patop.sim;
