/**
 * Failover drills: they break a healthy cluster on purpose, measure what happens, repair it and report.
 * {@link io.patop.drill.Drill} decides from dashboards alone, without a clock or I/O;
 * {@link io.patop.drill.DrillRunner} carries its decisions out.
 *
 * <p>A drill starts only if it can undo what it breaks, and names whatever it could not undo. Nothing is drawn here,
 * and nodes, engines and databases are reached only through the actions and observations of {@code watch}.
 */
package io.patop.drill;
