package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One try, from a connection to an answer.
 *
 * @param value what the server answered
 * @param outcome what became of it
 * @param detail why it failed; empty if it did not
 * @param connection that can be used again; after a failure there is none
 * @param <T> what the server answers
 */
record Attempt<T>(Optional<T> value, Outcome outcome, String detail, Optional<Connection> connection) {

    /** Opens a connection. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Asks something by one. */
    interface Asking<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Blocks, for a bounded time. */
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
            ProbeConnections.abort(connection);
            return new Attempt<>(
                    Optional.empty(), SqlFailures.afterSending(error), SqlFailures.text(error), Optional.empty());
        }
    }
}
