/**
 * HAProxy's statistics page and admin socket in front of the simulated proxy.
 */
package io.patop.sim.haproxy;
