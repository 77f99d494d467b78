/**
 * The client of a Patroni node: its REST API, the mapping of its JSON to {@code cluster}, and the configuration files
 * that Patroni and patronictl read.
 *
 * <p>Each request is bounded in time and size, and a node that does not answer is a value, not an exception. A server
 * may send anything: invalid answers are refused in one line, and the connection is ended. Secrets are kept in
 * {@link io.patop.patroni.Secret}. Polling and the memory of earlier answers are in {@code watch}.
 */
package io.patop.patroni;
