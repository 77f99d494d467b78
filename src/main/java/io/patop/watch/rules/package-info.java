/**
 * The rules that turn observations into a dashboard: the {@link io.patop.watch.rules.Reducer} and one class for each
 * subject. A failover's phases are decided in {@link io.patop.watch.rules.FailoverRules}.
 *
 * <p>Pure: a dashboard and an observation go in, a dashboard comes out; no clock and no I/O.
 */
package io.patop.watch.rules;
