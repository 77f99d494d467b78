/**
 * Failover drills: break a healthy cluster on purpose, measure what it does about it, put it right again, and
 * report. {@link io.patop.drill.Drill} decides from dashboards alone, without clock or I/O;
 * {@link io.patop.drill.DrillRunner} lets it happen.
 *
 * <p>Whatever a drill breaks it can undo, or it does not begin; what it could not undo it names. No drawing, and
 * no way to a node, an engine or a database but the actions and observations of {@code watch}.
 */
package io.patop.drill;
