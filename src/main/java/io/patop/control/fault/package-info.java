/**
 * The faults that patop causes by Docker in a member's container, in its network, in the DCS and in the proxy: each is
 * written to the journal before it is caused, and undone from there.
 */
package io.patop.control.fault;
