/**
 * The domain, in the words of Patroni and PostgreSQL: member, role, state, timeline, LSN, lag, history.
 *
 * <p>Immutable records and enums, validated where they are made. No I/O, no clock, no JSON or terminal
 * types, and nothing of the other packages.
 */
package io.patop.cluster;
