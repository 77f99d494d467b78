/**
 * The client of an HAProxy: its statistics over the stats socket (unix or TCP) and over the page's CSV, and the
 * commands of an admin socket. Columns are known by name, and unknown ones are kept.
 *
 * <p>Each request is bounded in time and size, and a proxy that does not answer is a value, not an exception. The
 * package knows nothing of Patroni: a server is matched to its member in {@code watch}.
 */
package io.patop.haproxy;
