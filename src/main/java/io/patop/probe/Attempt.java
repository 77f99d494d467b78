package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One try of the probe, from getting a connection to the answer.
 *
 * @param value the server's answer
 * @param outcome what became of it
 * @param detail why it failed; empty if it did not
 * @param connection the connection, if it can be used again; empty after a failure, except that of a standby, which may
 *     be about to be promoted
 * @param <T> the type of the answer
 */
record Attempt<T>(Optional<T> value, Outcome outcome, String detail, Optional<Connection> connection) {

    /** Opens a connection. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Sends a statement over a connection. */
    interface Asking<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Makes the try. Blocks for a bounded time. */
    static <T> Attempt<T> make(ProbeConnections.Lease lease, Opening opening, Asking<T> asking) {
        Connection connection;
        try {
            connection = lease.connection().isPresent() ? lease.connection().get() : opening.open();
        } catch (SQLException error) {
            return new Attempt<>(Optional.empty(), Outcome.REFUSED, SqlFailures.text(error), Optional.empty());
        }
        try {
            T answer = asking.ask(connection);
            return new Attempt<>(Optional.of(answer), Outcome.ACKNOWLEDGED, "", Optional.of(connection));
        } catch (SQLException error) {
            if (SqlFailures.isReadOnly(error)) {
                return new Attempt<>(
                        Optional.empty(), Outcome.REFUSED, SqlFailures.text(error), Optional.of(connection));
            }
            ProbeConnections.abort(connection);
            return new Attempt<>(
                    Optional.empty(), SqlFailures.afterSending(error), SqlFailures.text(error), Optional.empty());
        }
    }
}
