/**
 * What is known of a watched cluster: observations as they came, and the dashboard, its members, proxies, events and
 * failovers that they were reduced to.
 *
 * <p>Immutable; no I/O, no clock, no rule that needs more than the value it stands at.
 */
package io.patop.watch.model;
