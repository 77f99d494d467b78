/**
 * The client of a Docker Engine: services, tasks and containers, and the few commands that break and mend a cluster.
 * The package knows nothing of Patroni: a service is matched to its member in {@code watch}.
 */
package io.patop.docker;
