/**
 * The domain in the words of Patroni and PostgreSQL: member, role, state, timeline, LSN, lag, history.
 *
 * <p>Immutable records and enums, validated on creation. No I/O, no clock, no types of JSON or the terminal, and
 * nothing of the other packages.
 */
package io.patop.cluster;
