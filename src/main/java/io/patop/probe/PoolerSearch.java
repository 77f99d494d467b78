package io.patop.probe;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * Finds out whether a pooler is between the probe and PostgreSQL. A proxy such as HAProxy passes on what the server
 * says when a session begins, the number of its process too. A pooler begins the session itself, with a number of its
 * own, so that the server then tells another one.
 */
final class PoolerSearch {

    /** A pooler's name and version, not whatever text a server may send. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 ._+-]{0,39}");

    private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

    private PoolerSearch() {}

    /**
     * Returns the pooler; empty if there is none, or if the server does not tell. A pooler's console is asked for more.
     * Blocks for a bounded time.
     */
    static Optional<Pooler> between(Connection connection, ProbeSettings settings) {
        return isBetween(connection) ? Optional.of(ask(settings)) : Optional.empty();
    }

    private static boolean isBetween(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            return row.next()
                    && row.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException untold) {
            return false;
        }
    }

    private static Pooler ask(ProbeSettings settings) {
        try (Connection console = settings.dsn().console().open(settings.connectTimeout(), settings.socketTimeout())) {
            return new Pooler(name(console), loginRetry(console));
        } catch (SQLException denied) {
            return Pooler.UNKNOWN;
        }
    }

    private static Optional<String> name(Connection console) throws SQLException {
        try (Statement statement = console.createStatement();
                ResultSet row = statement.executeQuery("SHOW VERSION")) {
            return row.next()
                    ? Optional.ofNullable(row.getString(1))
                            .filter(text -> NAME.matcher(text).matches())
                    : Optional.empty();
        }
    }

    private static Optional<Duration> loginRetry(Connection console) {
        try (Statement statement = console.createStatement();
                ResultSet rows = statement.executeQuery("SHOW CONFIG")) {
            while (rows.next()) {
                if ("server_login_retry".equals(rows.getString("key"))) {
                    return Optional.ofNullable(rows.getString("value")).flatMap(PoolerSearch::seconds);
                }
            }
            return Optional.empty();
        } catch (SQLException untold) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            return seconds.signum() < 0 || seconds.compareTo(DAY) > 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis(seconds.movePointRight(3).longValue()));
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }
}
