/**
 * The client of a Patroni node: its REST API, the mapping of its JSON to {@code cluster}, and the
 * configuration files that Patroni and patronictl read.
 *
 * <p>One request is bounded in time and size, and a node that does not answer is a value, not an
 * exception. A server may be anything: what it says is refused in one line, and its connection is ended. Secrets
 * live in {@link io.patop.patroni.Secret}. No schedule, no memory of earlier answers: that is {@code watch}.
 */
package io.patop.patroni;
