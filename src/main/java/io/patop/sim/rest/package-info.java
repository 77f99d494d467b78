/**
 * Patroni's REST API in front of the simulated nodes.
 */
package io.patop.sim.rest;
