package io.patop.watch.source;

import java.util.List;

/**
 * An endpoint of Patroni's REST API that can be asked with GET (Patroni's documentation, "Patroni REST API").
 *
 * @param path e.g. {@code /replica}
 * @param words what the endpoint tells
 * @param parameters the parameters it takes, each as it is typed, e.g. {@code lag=1MB}
 * @param check whether only its status code counts, as for a load balancer
 */
public record Endpoint(String path, String words, List<String> parameters, boolean check) {

    /** All endpoints, in the order of a menu. */
    public static final List<Endpoint> ALL = List.of(
            read("/patroni", "the node itself, from its PostgreSQL"),
            read("/cluster", "all members, from the DCS"),
            read("/history", "where each timeline ended"),
            read("/config", "the dynamic configuration"),
            read("/metrics", "for Prometheus, as text"),
            read("/failsafe", "the members of failsafe mode (3.0)"),
            check("/primary", "200: holds the leader key, runs as primary"),
            check("/leader", "200: holds the leader key"),
            check("/standby-leader", "200: leads a standby cluster"),
            check("/replica", "200: runs as replica, takes reads", "lag=1MB", "tag_NAME=VALUE"),
            check("/read-write", "200: as /primary"),
            check("/read-only", "200: takes reads, the primary too", "lag=1MB", "tag_NAME=VALUE"),
            check("/sync", "200: synchronous standby"),
            check("/read-only-sync", "200: synchronous standby or primary (2.1.4)"),
            check("/async", "200: replica that is not synchronous", "lag=1MB"),
            check("/quorum", "200: standby of quorum commit (4.0)"),
            check("/read-only-quorum", "200: standby of quorum commit or primary (4.0)"),
            check("/health", "200: its PostgreSQL runs"),
            check("/liveness", "200: Patroni's loop goes round"),
            check("/readiness", "200: ready to serve", "lag=1MB", "mode=apply"));

    public Endpoint {
        parameters = List.copyOf(parameters);
    }

    /** The endpoints that a load balancer asks. */
    public static List<Endpoint> checks() {
        return ALL.stream().filter(Endpoint::check).toList();
    }

    private static Endpoint read(String path, String words) {
        return new Endpoint(path, words, List.of(), false);
    }

    private static Endpoint check(String path, String words, String... parameters) {
        return new Endpoint(path, words, List.of(parameters), true);
    }
}
