/**
 * {@code patop drill --random}: its options, and clients that work on a simulated cluster, in its own time, while a
 * schedule of faults is played.
 */
package io.patop.command.random;
