package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class SqlFailuresTest {

    /** What the server answers to a statement that was sent. */
    @ParameterizedTest
    @CsvSource({
        "25006, REFUSED", // read-only transaction
        "42501, REFUSED", // permission denied
        "53100, REFUSED", // disk full
        "57014, REFUSED", // statement_timeout: it is rolled back
        "57P01, UNKNOWN", // terminated by an administrator: the commit may be done
        "57P02, UNKNOWN", // crash shutdown
        "40003, UNKNOWN", // statement completion unknown
        "08006, UNKNOWN"
    })
    void onlyAnErrorThatRollsBackIsANo(String state, Outcome outcome) {
        assertThat(SqlFailures.afterSending(said(state, "it says no"))).isEqualTo(outcome);
    }

    @Test
    void whatBreaksOffOrTakesTooLongIsUnknown() {
        assertThat(SqlFailures.afterSending(broken(new EOFException()))).isEqualTo(Outcome.UNKNOWN);
        assertThat(SqlFailures.afterSending(broken(new SocketTimeoutException())))
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(SqlFailures.afterSending(new ProbeTable.NotReplicated("committed locally")))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aPersonIsToldInOneLine() {
        assertThat(SqlFailures.failure("app@h:1/db", said("28P01", "password authentication failed for user \"app\"")))
                .isEqualTo(new Failure(
                        Failure.Kind.DENIED, "app@h:1/db: password authentication failed for user \"app\""));
        assertThat(SqlFailures.failure("x", said("3D000", "database \"db\" does not exist\nsecond line"))
                        .message())
                .isEqualTo("x: database \"db\" does not exist");
        assertThat(kind(new ConnectException())).isEqualTo(Failure.Kind.REFUSED);
        assertThat(kind(new SocketTimeoutException())).isEqualTo(Failure.Kind.TIMED_OUT);
        assertThat(kind(new UnknownHostException())).isEqualTo(Failure.Kind.UNRESOLVED);
        assertThat(kind(new EOFException())).isEqualTo(Failure.Kind.BROKEN_OFF);
        assertThat(SqlFailures.failure("x", said("57P03", "the database system is starting up"))
                        .kind())
                .isEqualTo(Failure.Kind.UNREACHABLE);
    }

    @Test
    void aPasswordThatIsWantedIsAskedForByItsNames() {
        for (String said : List.of(
                "The server requested SCRAM-based authentication, but no password was provided.",
                "The server requested SCRAM-based authentication, but the password is an empty string.")) {
            assertThat(SqlFailures.failure("me@h:1/db", new PSQLException(said, PSQLState.CONNECTION_REJECTED)))
                    .isEqualTo(new Failure(
                            Failure.Kind.DENIED,
                            "me@h:1/db: it wants a password: set PGPASSWORD, or write it to ~/.pgpass"));
        }
    }

    private static Failure.Kind kind(IOException cause) {
        return SqlFailures.failure("x", broken(cause)).kind();
    }

    private static SQLException broken(IOException cause) {
        return new PSQLException("The driver's own long words.", PSQLState.CONNECTION_UNABLE_TO_CONNECT, cause);
    }

    private static SQLException said(String state, String message) {
        return new PSQLException(new ServerErrorMessage("SERROR\0VERROR\0C" + state + "\0M" + message + "\0"));
    }
}
