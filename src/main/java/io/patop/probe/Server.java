package io.patop.probe;

import java.time.Instant;

/**
 * The PostgreSQL server behind a connection, as it describes itself; behind HAProxy this is the only way to know it.
 * A primary cannot become a standby without a restart, so address and start time together identify one term as
 * primary.
 *
 * @param address by {@code inet_server_addr()}, without a netmask
 * @param port by {@code inet_server_port()}
 * @param startedAt by {@code pg_postmaster_start_time()}
 */
public record Server(String address, int port, Instant startedAt) {

    /** {@code address:port}. */
    public String text() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
