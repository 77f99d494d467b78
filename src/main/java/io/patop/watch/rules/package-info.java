/**
 * What follows from observations: the {@link io.patop.watch.rules.Reducer} and its rules, one class a subject. A
 * failover's phases are decided in {@link io.patop.watch.rules.FailoverRules}.
 *
 * <p>Pure: a dashboard and an observation in, a dashboard out; neither clock nor I/O.
 */
package io.patop.watch.rules;
