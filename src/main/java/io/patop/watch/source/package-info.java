/**
 * The sources: they turn the answers of Patroni, Docker, HAProxy and the write probe into observations, decide how
 * often to ask, and find nodes.
 *
 * <p>All I/O of {@code watch} is here and bounded; nothing is concluded here.
 */
package io.patop.watch.source;
