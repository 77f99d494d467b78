package io.patop.sim.postgres;

import io.patop.sim.core.TableChange;
import io.patop.sim.postgres.DatabaseSession.Result;
import io.patop.sim.postgres.DatabaseSession.ResultColumn;
import io.patop.sim.postgres.Statement.Given;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A statement that the simulated PostgreSQL knows. {@link #ALL} is the catalogue: what patop's probe and the clients of
 * a random drill send, and what a driver or psql sends around it. Another statement is another entry there; one without
 * an entry is an error.
 *
 * @param text the statement, its whitespace single spaces; the words at its groups differ
 * @param inFailed whether it is allowed in a failed transaction
 */
record StatementForm(Pattern text, boolean inFailed, Columns columns, Effect effect) {
    private static final String NAME = "(?:\"[^\"]+\"|\\w+)";
    private static final String TABLE = '(' + NAME + "(?:\\." + NAME + ")?)";
    private static final String VALUE = "(\\$\\d+|'[^']*'|\\d+)";
    private static final String CALLS = "(\\w+\\(\\)(?:, ?\\w+\\(\\))*)";

    /** Tells the columns of the result, without running the statement. */
    interface Columns {
        List<ResultColumn> of(DatabaseSession session, Given given) throws SqlFailure;
    }

    /** Runs the statement in a session. */
    interface Effect {
        Result run(DatabaseSession session, Given given) throws SqlFailure;
    }

    static final List<StatementForm> ALL = List.of(
            form("", (session, given) -> Result.done("")),
            transaction("(?:BEGIN|START TRANSACTION).*", (session, given) -> session.begin()),
            transaction("(?:COMMIT|END).*", (session, given) -> session.end(true)),
            transaction("(?:ROLLBACK|ABORT).*", (session, given) -> session.end(false)),
            form("(SET|RESET|DEALLOCATE|DISCARD ALL).*", (session, given) -> Result.done(upper(given.word(0)))),
            query(
                    "SHOW (\\w+)",
                    (session, given) -> one(given.word(0), SqlType.TEXT),
                    (session, given) -> Result.row("SHOW", session.setting(given.word(0)))),
            query(
                    "SELECT (\\d+)",
                    (session, given) -> one("?column?", SqlType.INT4),
                    (session, given) -> Result.row("SELECT 1", given.number(0))),
            query("SELECT " + CALLS, calls(0), (session, given) -> session.call("SELECT 1", given.functions(0))),
            query(
                    "SELECT \\* FROM " + TABLE + " LIMIT 0",
                    (session, given) -> session.table(given.table(0)).columns().stream()
                            .map(name -> new ResultColumn(name, SqlType.TEXT))
                            .toList(),
                    (session, given) -> Result.done("SELECT 0")),
            query(
                    "SELECT count\\(\\*\\) FROM " + TABLE + "(?: WHERE patop_number = " + VALUE + ")?",
                    (session, given) -> one("count", SqlType.INT8),
                    StatementForm::count),
            query(
                    "SELECT patop_number FROM " + TABLE + " WHERE patop_run = " + VALUE + " AND patop_number > " + VALUE
                            + " ORDER BY patop_number",
                    (session, given) -> one("patop_number", SqlType.INT8),
                    StatementForm::numbers),
            form(
                    "CREATE TABLE (IF NOT EXISTS )?" + TABLE + " ?\\((.*)\\)",
                    (session, given) ->
                            session.create(new TableChange.Create(given.table(1), given.names(2)), given.has(0))),
            form("DROP TABLE (IF EXISTS )?" + TABLE, (session, given) -> session.drop(given.table(1), given.has(0))),
            query(
                    "INSERT INTO " + TABLE + " \\(patop_run, patop_number, patop_written_at\\) VALUES \\(" + VALUE
                            + ", ?" + VALUE + ", ?" + VALUE + "\\)(?: RETURNING " + CALLS + ")?",
                    calls(4),
                    StatementForm::insert),
            form(
                    "INSERT INTO " + TABLE + " \\(patop_account, patop_balance\\) VALUES \\(" + VALUE + ", ?" + VALUE
                            + "\\)",
                    (session, given) -> session.open(given.table(0), given.number(1), given.number(2))),
            form(
                    "UPDATE " + TABLE + " SET patop_balance = patop_balance \\+ " + VALUE + " WHERE patop_account = "
                            + VALUE,
                    (session, given) -> session.add(given.table(0), given.number(2), given.number(1))),
            query(
                    "SELECT sum\\(patop_balance\\) FROM " + TABLE,
                    (session, given) -> one("sum", SqlType.INT8),
                    (session, given) -> Result.row(
                            "SELECT 1",
                            session.table(given.table(0)).accounts().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())),
            form("DELETE FROM " + TABLE + " WHERE patop_written_at < " + VALUE, (session, given) -> {
                var before = given.time(1);
                return session.delete(given.table(0), row -> row.writtenAt().isBefore(before));
            }),
            form(
                    "DELETE FROM " + TABLE + " WHERE patop_run = " + VALUE + " AND patop_number <= " + VALUE,
                    (session, given) -> {
                        String run = given.text(1);
                        long last = given.number(2);
                        return session.delete(given.table(0), row -> row.run().equals(run) && row.number() <= last);
                    }));

    private static StatementForm form(String text, Effect effect) {
        return query(text, (session, given) -> List.of(), effect);
    }

    private static StatementForm query(String text, Columns columns, Effect effect) {
        return new StatementForm(Pattern.compile(text, Pattern.CASE_INSENSITIVE), false, columns, effect);
    }

    private static StatementForm transaction(String text, Effect effect) {
        return new StatementForm(
                Pattern.compile(text, Pattern.CASE_INSENSITIVE), true, (session, given) -> List.of(), effect);
    }

    private static List<ResultColumn> one(String name, SqlType type) {
        return List.of(new ResultColumn(name, type));
    }

    private static Columns calls(int index) {
        return (session, given) -> given.has(index)
                ? given.functions(index).stream().map(ServerFunction::column).toList()
                : List.of();
    }

    private static Result insert(DatabaseSession session, Given given) throws SqlFailure {
        session.insert(given.table(0), given.row(1));
        return given.has(4) ? session.call("INSERT 0 1", given.functions(4)) : Result.done("INSERT 0 1");
    }

    private static Result count(DatabaseSession session, Given given) throws SqlFailure {
        List<TableChange.Row> rows = session.table(given.table(0)).rows();
        if (!given.has(1)) {
            return Result.row("SELECT 1", (long) rows.size());
        }
        long number = given.number(1);
        return Result.row(
                "SELECT 1", rows.stream().filter(row -> row.number() == number).count());
    }

    private static Result numbers(DatabaseSession session, Given given) throws SqlFailure {
        String run = given.text(1);
        long above = given.number(2);
        List<List<Optional<Object>>> rows = session.table(given.table(0)).rows().stream()
                .filter(row -> row.run().equals(run) && row.number() > above)
                .map(TableChange.Row::number)
                .sorted()
                .map(number -> List.of(Optional.<Object>of(number)))
                .toList();
        return Result.rows("SELECT " + rows.size(), rows);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
