/**
 * The network below the clients: the JDK's HTTP client with settings that suit an operator's tool, bounded bodies,
 * and name lookups that cannot hang.
 *
 * <p>The package sends no requests of its own: those are {@code patroni}'s and {@code haproxy}'s.
 */
package io.patop.net;
