package io.patop.sim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.sim.SimulatedRun;
import io.patop.sim.core.SimulationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of rows: replicated, lost in a failover, or never acknowledged; and the statements there are. */
class DatabaseSessionTest {
    private static final SimulationOptions QUIET = SimulationOptions.defaults().withWalRate(0);

    private static final String CREATE = "CREATE TABLE IF NOT EXISTS t (patop_run text NOT NULL,"
            + " patop_number bigint NOT NULL, patop_written_at timestamptz NOT NULL)";
    private static final String NUMBERS =
            "SELECT patop_number FROM t WHERE patop_run = 'r' AND patop_number > 0 ORDER BY patop_number";

    private static String insert(long number) {
        return "INSERT INTO t (patop_run, patop_number, patop_written_at) VALUES ('r', " + number
                + ", '2026-01-01 00:00:0" + number + "+00')";
    }

    private static List<String> ask(SimulatedRun course, String node, String sql) throws Exception {
        DatabaseSession session = new DatabaseSession(course.world, course.world.node(node));
        List<String> answers = new ArrayList<>();
        for (Statement statement : Statement.parseAll(sql)) {
            for (List<Optional<Object>> row :
                    session.execute(statement, List.of()).rows()) {
                answers.add(String.join(
                        "|",
                        row.stream()
                                .map(v -> v.map(SqlType::text).orElse("NULL"))
                                .toList()));
            }
        }
        return answers;
    }

    /** Writes a row, and tells whether it was acknowledged within two seconds. */
    private static boolean write(SimulatedRun course, String node, int id) throws Exception {
        DatabaseSession session = new DatabaseSession(course.world, course.world.node(node));
        DatabaseSession.Result result = session.execute(Statement.parse(insert(id)), List.of());
        AtomicBoolean acknowledged = new AtomicBoolean();
        course.world
                .replication()
                .whenAcknowledged(course.world.node(node), result.commit().getAsLong(), () -> acknowledged.set(true));
        course.world.advance(Duration.ofSeconds(2));
        return acknowledged.get();
    }

    @Test
    void aCommitThatWaitsForAStandbyIsSeenByNobodyElse() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withSynchronous(SimulationOptions.Synchronous.STRICT));
        course.run(15);
        ask(course, "patroni1", CREATE);
        assertThat(write(course, "patroni1", 1)).isTrue();
        course.fault("partition-members patroni1");

        assertThat(write(course, "patroni1", 2)).isFalse();
        assertThat(ask(course, "patroni1", NUMBERS)).containsExactly("1");
    }

    @Test
    void moneyIsMovedInOneTransaction() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(
                course,
                "patroni1",
                "CREATE TABLE a (patop_account bigint PRIMARY KEY, patop_balance bigint NOT NULL);"
                        + " INSERT INTO a (patop_account, patop_balance) VALUES (1, 100);"
                        + " INSERT INTO a (patop_account, patop_balance) VALUES (2, 100)");
        DatabaseSession mover = new DatabaseSession(course.world, course.world.node("patroni1"));
        List<Optional<Object>> taken = List.of(Optional.of(-30L), Optional.of(1L));
        String add = "UPDATE a SET patop_balance = patop_balance + $1 WHERE patop_account = $2";

        mover.execute(Statement.parse("BEGIN"), List.of());
        assertThat(mover.execute(Statement.parse(add), taken).tag()).isEqualTo("UPDATE 1");
        assertThat(ask(course, "patroni1", "SELECT sum(patop_balance) FROM a")).containsExactly("200");
        mover.execute(Statement.parse(add), List.of(Optional.of(30L), Optional.of(2L)));
        mover.execute(Statement.parse("COMMIT"), List.of());

        assertThat(ask(course, "patroni1", "SELECT sum(patop_balance) FROM a")).containsExactly("200");
        assertThat(ask(
                        course,
                        "patroni1",
                        "UPDATE a SET patop_balance = patop_balance + 5 WHERE patop_account = 3;"
                                + " SELECT sum(patop_balance) FROM a"))
                .containsExactly("200");
        assertThatThrownBy(
                        () -> ask(course, "patroni1", "INSERT INTO a (patop_account, patop_balance) VALUES (2, 100)"))
                .isInstanceOf(SqlFailure.class);
    }

    @Test
    void anAcknowledgedWriteOfACutOffLeaderIsLostInAnAsynchronousCluster() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(course, "patroni1", CREATE);
        assertThat(write(course, "patroni1", 1)).isTrue();
        assertThat(ask(course, "patroni3", NUMBERS)).containsExactly("1");
        course.fault("partition-members leader");
        assertThat(write(course, "patroni1", 2)).isTrue();
        course.fault("kill leader").run(45);
        String leader = course.world.leader().orElseThrow();
        assertThat(ask(course, leader, NUMBERS)).containsExactly("1");
        course.fault("heal patroni1").run(20);
        assertThat(ask(course, "patroni1", NUMBERS)).containsExactly("1");
    }

    @Test
    void inSynchronousModeTheSameWriteIsNotAcknowledged() throws Exception {
        for (int seed = 1; seed <= 20; seed++) {
            SimulatedRun course = new SimulatedRun(
                    QUIET.withSynchronous(SimulationOptions.Synchronous.STRICT).withSeed(seed));
            course.run(26);
            ask(course, "patroni1", CREATE);
            assertThat(write(course, "patroni1", 1)).isTrue();
            course.fault("partition-members leader");
            assertThat(write(course, "patroni1", 2)).as("seed %d", seed).isFalse();
        }
    }

    @Test
    void inSynchronousModeNoAcknowledgedWriteIsEverLostByAKill() throws Exception {
        for (int seed = 1; seed <= 20; seed++) {
            SimulatedRun course = new SimulatedRun(
                    QUIET.withSynchronous(SimulationOptions.Synchronous.ON).withSeed(seed));
            course.run(20 + seed % 10);
            ask(course, "patroni1", CREATE);
            List<String> acknowledged = new ArrayList<>();
            for (int id = 1; id <= 5; id++) {
                if (write(course, "patroni1", id)) {
                    acknowledged.add("" + id);
                }
            }
            course.fault("kill leader").run(60);
            String leader = course.world.leader().orElseThrow();
            assertThat(ask(course, leader, NUMBERS)).as("seed %d", seed).containsAll(acknowledged);
        }
    }

    @Test
    void aSessionEndsWithItsServer() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        DatabaseSession session = new DatabaseSession(course.world, course.world.node("patroni1"));
        assertThat(session.isAlive()).isTrue();
        course.fault("switchover patroni2").run(10);
        assertThat(session.isAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            SELECT 1                                                ; 1
            SHOW transaction_read_only                              ; off
            show  server_version                                    ; 15.20
            SELECT pg_is_in_recovery(), pg_is_in_recovery()         ; f|f
            SELECT pg_is_in_recovery()                              ; f
            SELECT count(*) FROM public."t"                         ; 3
            SELECT count(*) FROM t WHERE patop_number = 2           ; 1
            SELECT patop_number FROM t WHERE patop_run = 'r' AND patop_number > 2 ORDER BY patop_number ; 3
            """)
    void answersTheStatementsOfTheCatalogue(String sql, String expected) throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(course, "patroni1", CREATE + ';' + insert(1) + ';' + insert(2) + ';' + insert(3));
        assertThat(ask(course, "patroni1", sql)).containsExactly(expected);
    }

    @Test
    void aTransactionIsSeenByItselfUntilItEnds() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(course, "patroni1", CREATE);
        assertThat(ask(course, "patroni1", "BEGIN;" + insert(1) + ';' + NUMBERS + ";ROLLBACK;" + NUMBERS))
                .containsExactly("1");
        assertThat(ask(course, "patroni1", "BEGIN;" + insert(2) + ";COMMIT;" + NUMBERS))
                .containsExactly("2");
    }

    @Test
    void rowsAreDeletedByTimeAndByNumber() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(course, "patroni1", CREATE + ';' + insert(1) + ';' + insert(2) + ';' + insert(3));
        ask(course, "patroni1", "DELETE FROM t WHERE patop_written_at < '2026-01-01 00:00:02+00'");
        assertThat(ask(course, "patroni1", NUMBERS)).containsExactly("2", "3");
        ask(course, "patroni1", "DELETE FROM t WHERE patop_run = 'r' AND patop_number <= 2");
        assertThat(ask(course, "patroni1", NUMBERS)).containsExactly("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            SELEC 1                 ; 0A000 ; the simulated PostgreSQL does not know the statement 'SELEC 1'
            VACUUM                  ; 0A000 ; the simulated PostgreSQL does not know the statement 'VACUUM'
            SELECT * FROM nosuch LIMIT 0 ; 42P01 ; relation "nosuch" does not exist
            DROP TABLE nosuch       ; 42P01 ; table "nosuch" does not exist
            SELECT nosuch()         ; 42883 ; function nosuch() does not exist
            SHOW nosuch             ; 42704 ; unrecognized configuration parameter "nosuch"
            """)
    void refusesWhatItDoesNotKnow(String sql, String state, String message) throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        assertThatThrownBy(() -> ask(course, "patroni1", sql))
                .isInstanceOfSatisfying(
                        SqlFailure.class, failure -> assertThat(failure.state()).isEqualTo(state))
                .hasMessage(message);
    }
}
