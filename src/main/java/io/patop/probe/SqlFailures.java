package io.patop.probe;

import io.patop.cluster.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Interprets the driver's errors: as one line for a person, and as the outcome of the write that failed. */
final class SqlFailures {

    private SqlFailures() {}

    /** Why the database could not be used. The message begins with the database that was asked. */
    static Failure failure(String asked, SQLException error) {
        return new Failure(kind(error), asked + ": " + text(error));
    }

    /** The error in one line, without the address. */
    static String text(SQLException error) {
        Optional<String> said = server(error).map(ServerErrorMessage::getMessage);
        if (said.isPresent()) {
            return said.get().lines().findFirst().orElse("");
        }
        return switch (kind(error)) {
            case REFUSED -> "connection refused";
            case TIMED_OUT -> "no answer in time";
            case UNRESOLVED -> "the host's name has no address";
            case UNREACHABLE -> "no route to the host";
            case BROKEN_OFF -> "the connection was broken off";
            default -> driver(error);
        };
    }

    /**
     * The outcome of a statement that was sent. An error of the statement itself rolls it back, so it is refused; if
     * the server ends the connection, or nothing comes back, the outcome is unknown.
     */
    static Outcome afterSending(SQLException error) {
        String state = state(error);
        boolean ends = state.startsWith("08") || state.startsWith("57P") || state.equals("40003");
        return server(error).isPresent() && !ends ? Outcome.REFUSED : Outcome.UNKNOWN;
    }

    /** Whether the server is a standby, or was made read-only: its connection is in order. */
    static boolean isReadOnly(SQLException error) {
        return server(error).isPresent() && state(error).equals("25006");
    }

    static String state(SQLException error) {
        return error.getSQLState() == null ? "" : error.getSQLState();
    }

    private static Failure.Kind kind(SQLException error) {
        String state = state(error);
        if (server(error).isPresent()) {
            return switch (state) {
                case "3D000", "42P01", "3F000" -> Failure.Kind.ABSENT;
                case "57P03" -> Failure.Kind.UNREACHABLE;
                default ->
                    state.startsWith("28") || state.equals("42501") ? Failure.Kind.DENIED : Failure.Kind.REJECTED;
            };
        }
        Throwable cause = cause(error);
        if (cause instanceof SocketTimeoutException) {
            return Failure.Kind.TIMED_OUT;
        }
        if (cause instanceof NoRouteToHostException) {
            return Failure.Kind.UNREACHABLE;
        }
        if (cause instanceof ConnectException) {
            return Failure.Kind.REFUSED;
        }
        if (cause instanceof UnknownHostException) {
            return Failure.Kind.UNRESOLVED;
        }
        if (cause instanceof SSLException) {
            return Failure.Kind.TLS;
        }
        if (cause instanceof EOFException || cause instanceof IOException || state.equals("08006")) {
            return Failure.Kind.BROKEN_OFF;
        }
        return state.startsWith("28") || state.equals("08004") ? Failure.Kind.DENIED : Failure.Kind.NOT_UNDERSTOOD;
    }

    private static Optional<ServerErrorMessage> server(SQLException error) {
        return error instanceof PSQLException driver
                ? Optional.ofNullable(driver.getServerErrorMessage())
                : Optional.empty();
    }

    /** The innermost cause that is an I/O error. */
    private static Throwable cause(SQLException error) {
        Throwable found = error;
        for (Throwable at = error; at != null && at != at.getCause(); at = at.getCause()) {
            if (at instanceof IOException) {
                found = at;
            }
        }
        return found;
    }

    private static String driver(SQLException error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        String line = message.lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR): ", "");
        // pgjdbc's message names the authentication method, mostly SCRAM, which helps nobody.
        return line.contains("no password was provided") || line.contains("the password is an empty string")
                ? "it wants a password: set PGPASSWORD, or write it to ~/.pgpass"
                : line;
    }
}
