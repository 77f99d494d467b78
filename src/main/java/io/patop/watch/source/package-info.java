/**
 * Who asks: sources that turn the answers of Patroni, Docker, HAProxy and the write probe into observations, how
 * often they ask, and how nodes are found.
 *
 * <p>The I/O of {@code watch} is here and bounded; nothing is concluded here.
 */
package io.patop.watch.source;
