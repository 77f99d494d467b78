package io.patop.sim.core;

/**
 * Where the nodes' servers are: the simulation says when a node's ports open and close, and is told at which
 * addresses. Without servers the addresses are made up, which is all that a test at simulated time needs.
 */
public interface Endpoints {
    /** Opens the ports of a node that starts; each start may get other ones, as in a swarm. */
    Address open(String node);

    /** Closes the REST API and drops its connections, which a clean shutdown does first. */
    void close(String node);

    /** Closes PostgreSQL's port too: the container is gone. */
    void ended(String node);

    /**
     * A node's addresses.
     *
     * @param host name or IP address
     * @param apiPort of the REST API
     * @param databasePort of PostgreSQL
     */
    record Address(String host, int apiPort, int databasePort) {
        String apiUrl() {
            return "http://" + host + ":" + apiPort + "/patroni";
        }

        String connUrl() {
            return "postgres://" + host + ":" + databasePort + "/postgres";
        }
    }

    /** Addresses of an overlay network on which nothing listens. */
    static Endpoints imaginary() {
        return new Endpoints() {
            private int opened = 1;

            @Override
            public Address open(String node) {
                opened += 1;
                return new Address("10.77." + (1 + opened / 250) + "." + opened % 250, 8091, 5432);
            }

            @Override
            public void close(String node) {}

            @Override
            public void ended(String node) {}
        };
    }
}
