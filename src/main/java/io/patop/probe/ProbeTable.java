package io.patop.probe;

import io.patop.cluster.Failure;
import io.patop.text.Printable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The probe's own table, with all SQL that is ever sent to it. A table is recognized by its columns, whose names
 * nobody else would choose; a table with others is never touched.
 */
final class ProbeTable {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final List<String> COLUMNS = List.of("patop_run", "patop_number", "patop_written_at");

    /** How many rows are fetched at a time, so that a long run fits into memory and each answer comes in time. */
    private static final int PORTION = 10_000;

    private final String given;
    private final String quoted;

    /** Whether a table of that name exists, and who owns it. */
    enum Owner {
        NOBODY,
        PROBE,
        SOMEBODY_ELSE
    }

    /**
     * The table of that name.
     *
     * @param name {@code table} or {@code schema.table}; lower-cased unless in double quotes
     * @throws IllegalArgumentException if it is no such name
     */
    ProbeTable(String name) {
        this.given = name;
        String[] parts = name.split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("a table is NAME or SCHEMA.NAME, not " + name);
        }
        List<String> all = new ArrayList<>();
        for (String part : parts) {
            all.add(identifier(part));
        }
        this.quoted = String.join(".", all);
    }

    private static String identifier(String part) {
        if (part.matches("\"[^\"\\x00]{1,63}\"")) {
            return part;
        }
        if (!part.matches("[A-Za-z_][A-Za-z0-9_$]{0,62}")) {
            throw new IllegalArgumentException(
                    "\"" + part + "\" is no name of a table: letters, digits and _ (or put it in double quotes)");
        }
        return '"' + part.toLowerCase(Locale.ROOT) + '"';
    }

    String name() {
        return given;
    }

    /** The owner of the table, judged by the names of its columns. Changes nothing. */
    Owner owner(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + quoted + " LIMIT 0")) {
            ResultSetMetaData columns = none.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
            }
            return names.equals(COLUMNS) ? Owner.PROBE : Owner.SOMEBODY_ELSE;
        } catch (SQLException error) {
            if (SqlFailures.state(error).equals(UNDEFINED_TABLE)) {
                return Owner.NOBODY;
            }
            throw error;
        }
    }

    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS " + quoted
                            + " (patop_run text NOT NULL, patop_number bigint NOT NULL, patop_written_at timestamptz NOT NULL)");
        }
    }

    void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + quoted);
        }
    }

    Failure isSomebodyElses() {
        return new Failure(
                Failure.Kind.REJECTED,
                "table " + given + " is not the probe's own: its columns are others; nothing was touched, name another"
                        + " with --table");
    }

    Failure isMissing() {
        return new Failure(Failure.Kind.ABSENT, "there is no table " + given + ": --create makes it");
    }

    /** Makes a write and rolls it back, so that missing rights are known beforehand. */
    void rehearse(Connection connection, String run, Instant at) throws SQLException {
        connection.setAutoCommit(false);
        try {
            write(connection, run, 0, at);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Removes the rows written before that time, which earlier runs have left. A run removes its own rows after an
     * hour.
     */
    void forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + quoted + " WHERE patop_written_at < ?")) {
            delete.setObject(1, utc(before));
            delete.executeUpdate();
        }
    }

    /** Removes the rows of a run up to that number. */
    void forget(Connection connection, String run, long upTo) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + quoted + " WHERE patop_run = ? AND patop_number <= ?")) {
            delete.setString(1, run);
            delete.setLong(2, upTo);
            delete.executeUpdate();
        }
    }

    /** Writes one row. Returns the server after it has confirmed the commit. */
    Optional<Server> write(Connection connection, String run, long number, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + quoted + " (patop_run, patop_number, patop_written_at) VALUES (?, ?, ?)"
                        + " RETURNING inet_server_addr(), inet_server_port(), pg_postmaster_start_time()")) {
            insert.setString(1, run);
            insert.setLong(2, number);
            insert.setObject(3, utc(at));
            try (ResultSet row = insert.executeQuery()) {
                Optional<Server> server = row.next() ? server(row, 1) : Optional.empty();
                requireReplicated(Optional.ofNullable(insert.getWarnings()));
                return server;
            }
        }
    }

    /** Fails if the server warned: it acknowledges a commit so when it gave up to wait for a synchronous standby. */
    static void requireReplicated(Optional<SQLWarning> warning) throws SQLException {
        if (warning.isPresent()) {
            throw new NotReplicated(Printable.message(warning.get()));
        }
    }

    /** A commit is in the server's own log, but the server warns that no standby has confirmed it. */
    static final class NotReplicated extends SQLException {
        NotReplicated(String warning) {
            super(warning, "40003");
        }
    }

    /**
     * Passes on all numbers of a run above that one, in ascending order; a number that exists twice is passed on
     * twice.
     */
    Optional<Server> read(Connection connection, String run, long above, LongConsumer numbers) throws SQLException {
        Optional<Server> server = server(connection);
        connection.setAutoCommit(false);
        try (PreparedStatement select = connection.prepareStatement("SELECT patop_number FROM " + quoted
                + " WHERE patop_run = ? AND patop_number > ? ORDER BY patop_number")) {
            select.setFetchSize(PORTION);
            select.setString(1, run);
            select.setLong(2, above);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.accept(rows.getLong(1));
                }
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return server;
    }

    /** The server at the other end of the connection. */
    static Optional<Server> server(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT inet_server_addr(), inet_server_port(), pg_postmaster_start_time()")) {
            return row.next() ? server(row, 1) : Optional.empty();
        }
    }

    /** Whether the server takes no writes. */
    static boolean isReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    private static Optional<Server> server(ResultSet row, int column) throws SQLException {
        String address = row.getString(column);
        int port = row.getInt(column + 1);
        OffsetDateTime started = row.getObject(column + 2, OffsetDateTime.class);
        return address == null || started == null
                ? Optional.empty()
                : Optional.of(new Server(address.replaceFirst("/.*", ""), port, started.toInstant()));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
