/**
 * The values of a watched cluster: observations as they came, and the dashboard, members, proxies, events and
 * failovers that they are reduced to.
 *
 * <p>Immutable; no I/O, no clock, and no rule that needs more than the value it belongs to.
 */
package io.patop.watch.model;
