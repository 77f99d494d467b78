/**
 * The changes to a cluster: which are available now and why others are not, and the {@link io.patop.control.Actor}
 * that sends them to Patroni, Docker, HAProxy or the simulator.
 *
 * <p>Nothing is drawn or formatted here; front ends ask for confirmation.
 */
package io.patop.control;
