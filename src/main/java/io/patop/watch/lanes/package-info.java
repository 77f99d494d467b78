/**
 * The lanes of a cluster: what each member, the leader key, HAProxy and the probe did over the last 24 hours, in
 * bounded memory, coarser with age.
 *
 * <p>Immutable values; no I/O, no clock. Which state a member is in is decided by {@code watch.rules}.
 */
package io.patop.watch.lanes;
