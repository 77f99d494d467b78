package io.patop.cluster;

/**
 * The address at which a member's PostgreSQL listens, as the member published it.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record PostgresAddress(String host, int port) {

    /** PostgreSQL's default port, which patronictl does not print. */
    public static final int DEFAULT_PORT = 5432;

    public PostgresAddress {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /** The address as {@code host:port}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
