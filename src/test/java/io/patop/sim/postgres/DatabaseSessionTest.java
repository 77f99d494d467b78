package io.patop.sim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.sim.SimulatedRun;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.core.SqlFailure;
import io.patop.sim.core.SqlStatement;
import io.patop.sim.core.SqlType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of rows: replicated, lost in a failover, or never acknowledged; and the little SQL there is. */
class DatabaseSessionTest {
    private static final SimulationOptions QUIET = SimulationOptions.defaults().withWalRate(0);

    private static List<String> ask(SimulatedRun course, String node, String sql) throws Exception {
        DatabaseSession session = new DatabaseSession(course.world, course.world.node(node));
        List<String> answers = new ArrayList<>();
        for (SqlStatement statement : SqlParser.parseAll(sql)) {
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
        DatabaseSession.Result result =
                session.execute(SqlParser.parse("INSERT INTO t VALUES (" + id + ")"), List.of());
        AtomicBoolean acknowledged = new AtomicBoolean();
        course.world
                .replication()
                .whenAcknowledged(course.world.node(node), result.commit().getAsLong(), () -> acknowledged.set(true));
        course.world.advance(Duration.ofSeconds(2));
        return acknowledged.get();
    }

    @Test
    void anAcknowledgedWriteOfACutOffLeaderIsLostInAnAsynchronousCluster() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(course, "patroni1", "CREATE TABLE t (id int PRIMARY KEY)");
        assertThat(write(course, "patroni1", 1)).isTrue();
        assertThat(ask(course, "patroni3", "SELECT * FROM t")).containsExactly("1");
        course.fault("partition-members leader");
        assertThat(write(course, "patroni1", 2)).isTrue();
        course.fault("kill leader").run(45);
        String leader = course.world.leader().orElseThrow();
        assertThat(ask(course, leader, "SELECT id FROM t ORDER BY id")).containsExactly("1");
        course.fault("heal patroni1").run(20);
        assertThat(ask(course, "patroni1", "SELECT id FROM t ORDER BY id")).containsExactly("1");
    }

    @Test
    void inSynchronousModeTheSameWriteIsNotAcknowledged() throws Exception {
        for (int seed = 1; seed <= 20; seed++) {
            SimulatedRun course = new SimulatedRun(
                    QUIET.withSynchronous(SimulationOptions.Synchronous.STRICT).withSeed(seed));
            course.run(26);
            ask(course, "patroni1", "CREATE TABLE t (id int PRIMARY KEY)");
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
            ask(course, "patroni1", "CREATE TABLE t (id int PRIMARY KEY)");
            List<String> acknowledged = new ArrayList<>();
            for (int id = 1; id <= 5; id++) {
                if (write(course, "patroni1", id)) {
                    acknowledged.add("" + id);
                }
            }
            course.fault("kill leader").run(60);
            String leader = course.world.leader().orElseThrow();
            assertThat(ask(course, leader, "SELECT id FROM t"))
                    .as("seed %d", seed)
                    .containsAll(acknowledged);
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
            SELECT 1 + 2                                            ; 3
            SELECT 'a' || 'b' AS x                                  ; ab
            SELECT count(*), max(id), min(note) FROM p              ; 3|3|a
            SELECT note FROM p WHERE id IN (1, 3) AND note <> 'a'   ; c
            SELECT id FROM p WHERE id BETWEEN 2 AND 9 ORDER BY id DESC LIMIT 1 ; 3
            SELECT coalesce(max(id), 0) FROM p WHERE id > 99        ; 0
            SELECT note IS NULL FROM p WHERE id = 2                 ; f
            SELECT '5'::bigint = 5                                  ; t
            SHOW transaction_read_only                              ; off
            SHOW server_version                                     ; 15.20
            SELECT current_setting('server_version_num')            ; 150020
            SELECT pg_current_wal_lsn() IS NOT NULL                 ; t
            """)
    void answersTheSqlOfAProbe(String sql, String expected) throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        ask(
                course,
                "patroni1",
                "CREATE TABLE IF NOT EXISTS p (id bigint GENERATED ALWAYS AS IDENTITY, note text);"
                        + " INSERT INTO p (note) VALUES ('a'), ('b'), ('c')");
        assertThat(ask(course, "patroni1", sql)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            SELEC 1                 ; the simulated PostgreSQL does not know 'selec'
            SELECT FROM             ; syntax error
            SELECT * FROM nosuch    ; relation "nosuch" does not exist
            INSERT INTO nosuch VALUES (1) ; relation "nosuch" does not exist
            SELECT nosuch()         ; function nosuch() does not exist
            SELECT 1 ~ 2            ; syntax error at or near "~"
            VACUUM                  ; the simulated PostgreSQL does not know 'vacuum'
            """)
    void refusesWhatItDoesNotKnow(String sql, String message) throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        assertThatThrownBy(() -> ask(course, "patroni1", sql))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining(message);
    }
}
