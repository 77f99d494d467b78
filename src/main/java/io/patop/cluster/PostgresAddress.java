package io.patop.cluster;

import java.util.Objects;

/**
 * Where a member's PostgreSQL listens, by what the member published.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record PostgresAddress(String host, int port) {

    /** PostgreSQL's own port, which patronictl does not print. */
    public static final int DEFAULT_PORT = 5432;

    /** Checks the range of the port. */
    public PostgresAddress {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /** {@code host:port}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
