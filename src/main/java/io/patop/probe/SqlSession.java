package io.patop.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A session with a database over JDBC, each of whose steps takes a bounded time. A statement is a transaction of its
 * own unless it is sent between {@link #begin} and {@link #commit}. For one thread, but for {@link #close}.
 */
public final class SqlSession implements AutoCloseable {

    private final Connection connection;
    private final Optional<Server> server;

    private SqlSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.server = ProbeTable.server(connection);
    }

    /**
     * Opens a session and asks the server who it is.
     *
     * @param connectTimeout bounds the time to connect, for each server that is tried
     * @param socketTimeout bounds each answer
     */
    public static SqlSession open(Dsn dsn, Duration connectTimeout, Duration socketTimeout) throws SQLException {
        Connection connection = dsn.open(connectTimeout, socketTimeout);
        try {
            return new SqlSession(connection);
        } catch (SQLException gone) {
            ProbeConnections.abort(connection);
            throw gone;
        }
    }

    /** Returns the server at the other end; empty if it does not tell. */
    public Optional<Server> server() {
        return server;
    }

    /** Begins a transaction with the next statement. */
    public void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    /** Sends a statement that returns nothing; {@code ?} stands for a parameter. */
    public void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters)) {
            statement.execute();
            ProbeTable.requireReplicated(Optional.ofNullable(statement.getWarnings()));
        }
    }

    /** Commits, and ends the transaction. */
    public void commit() throws SQLException {
        connection.clearWarnings();
        connection.commit();
        ProbeTable.requireReplicated(Optional.ofNullable(connection.getWarnings()));
        connection.setAutoCommit(true);
    }

    /** Returns the first column of all rows. */
    public long[] numbers(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            LongStream.Builder numbers = LongStream.builder();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers.build().toArray();
        }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        int place = 0;
        for (Object parameter : List.of(parameters)) {
            place += 1;
            statement.setObject(place, parameter);
        }
        return statement;
    }

    /** Returns what became of a statement that was sent and failed so. */
    public static Outcome outcome(SQLException error) {
        return SqlFailures.afterSending(error);
    }

    /** Returns why it failed, in one line. */
    public static String reason(SQLException error) {
        return SqlFailures.text(error);
    }

    /** Returns at once; a statement that is under way in another thread fails. */
    @Override
    public void close() {
        ProbeConnections.abort(connection);
    }
}
