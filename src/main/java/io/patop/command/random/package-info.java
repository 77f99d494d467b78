/**
 * {@code patop drill --random}: clients that work while a schedule of faults is played, in the simulator's own time
 * or on a real cluster, and what is said about it.
 */
package io.patop.command.random;
