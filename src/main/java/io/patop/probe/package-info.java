/**
 * The write probe: it makes small numbered writes over SQL at a steady rate, records the outcome of each, and reads
 * them back to prove whether an acknowledged one is missing.
 *
 * <p>It touches its own table only. Outages and events are not derived here: that is {@code watch}. The secrets of a
 * DSN never leave {@code Dsn}.
 */
package io.patop.probe;
