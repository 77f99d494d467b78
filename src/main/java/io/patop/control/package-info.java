/**
 * What changes a cluster: which changes are available now and why others are not, and the
 * {@link io.patop.control.Actor} that sends them to Patroni, Docker, HAProxy or the simulator.
 *
 * <p>No drawing and no output formats; questions are the front ends'.
 */
package io.patop.control;
