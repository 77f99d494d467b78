package io.patop.sim.core;

/**
 * The nodes' servers: the simulation opens and closes a node's ports, and gets their addresses. Without servers the
 * addresses are made up, which is enough for a test in simulated time.
 */
public interface Endpoints {
    /** Opens the ports of a node that starts; each start may get other ports, as in a swarm. */
    Address open(String node);

    /** Closes the REST API and drops its connections, which is the first step of a clean shutdown. */
    void close(String node);

    /** Closes PostgreSQL's port too, since the container is gone. */
    void ended(String node);

    /**
     * A node's addresses.
     *
     * @param host name or IP address
     * @param apiPort port of the REST API
     * @param databasePort port of PostgreSQL
     */
    record Address(String host, int apiPort, int databasePort) {
        String apiUrl() {
            return "http://" + host + ":" + apiPort + "/patroni";
        }

        String connUrl() {
            return "postgres://" + host + ":" + databasePort + "/postgres";
        }
    }

    /** Returns addresses of an overlay network on which nothing listens. */
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
