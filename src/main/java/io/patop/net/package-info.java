/**
 * The network below the clients: the JDK's HTTP client with the habits that suit an operator's tool, bounded
 * bodies, and lookups of names that cannot hang.
 *
 * <p>No requests here: those are {@code patroni}'s and {@code haproxy}'s.
 */
package io.patop.net;
