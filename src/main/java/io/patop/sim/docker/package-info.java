/** The Docker Engine's API in front of the simulated Swarm. */
package io.patop.sim.docker;
