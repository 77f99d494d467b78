/**
 * The write probe: small numbered writes over SQL at a steady rate, what became of each, and the reading back
 * that proves whether an acknowledged one is gone.
 *
 * <p>Touches one table, its own. Outages and events are not derived here: that is {@code watch}. Secrets of a
 * DSN never leave {@code Dsn}.
 */
package io.patop.probe;
