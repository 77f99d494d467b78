package io.patop.probe;

import java.time.Instant;
import java.util.Objects;

/**
 * The PostgreSQL server behind a connection, as it told itself; behind HAProxy the only way to know. One that
 * was primary cannot become a standby without a new start, so address and start together name one reign.
 *
 * @param address by {@code inet_server_addr()}, without a netmask
 * @param port by {@code inet_server_port()}
 * @param startedAt by {@code pg_postmaster_start_time()}
 */
public record Server(String address, int port, Instant startedAt) {

    /** Checks that all parts are there. */
    public Server {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(startedAt, "startedAt");
    }

    /** {@code address:port}. */
    public String text() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
