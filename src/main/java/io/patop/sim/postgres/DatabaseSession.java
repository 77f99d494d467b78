package io.patop.sim.postgres;

import io.patop.sim.core.Node;
import io.patop.sim.core.Postgres;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One client's session with one node's database: its transaction, and the effect of its statements on the tables. A
 * commit goes into the WAL of the simulated replication, so that it can be lost like a real one.
 */
final class DatabaseSession {
    private static final long RECORD_BYTES = 160;

    private final Simulation world;
    private final Node node;
    /** Start time of the PostgreSQL that the session began with; another start ends the session. */
    private final long postgresStartedAt;

    private final List<TableChange> changes = new ArrayList<>();
    private boolean inTransaction;
    private boolean failed;

    /** A result column. */
    record ResultColumn(String name, SqlType type) {}

    /**
     * The answer to a statement.
     *
     * @param rows values by column; empty is NULL
     * @param tag the command's tag, e.g. {@code INSERT 0 1}
     * @param commit position that must be durable before the answer is sent
     */
    record Result(List<ResultColumn> columns, List<List<Optional<Object>>> rows, String tag, OptionalLong commit) {
        static Result rows(String tag, List<List<Optional<Object>>> rows) {
            return new Result(List.of(), rows, tag, OptionalLong.empty());
        }

        static Result done(String tag) {
            return rows(tag, List.of());
        }

        /** Makes the result of one row with one value. */
        static Result row(String tag, Object value) {
            return rows(tag, List.of(List.of(Optional.of(value))));
        }

        Result withColumns(List<ResultColumn> described) {
            return new Result(described, rows, tag, commit);
        }

        Result committedAt(OptionalLong position) {
            return new Result(columns, rows, tag, position);
        }
    }

    DatabaseSession(Simulation world, Node node) {
        this.world = world;
        this.node = node;
        this.postgresStartedAt = node.postgres.startedAt;
    }

    Node node() {
        return node;
    }

    /** Returns false when the session's server has ended. */
    boolean isAlive() {
        return node.life != Node.Life.STOPPED && node.postgres.isOpen() && node.postgres.startedAt == postgresStartedAt;
    }

    /** Returns I, T or E, as in ReadyForQuery. */
    char status() {
        return !inTransaction ? 'I' : failed ? 'E' : 'T';
    }

    /** Marks the transaction as failed: after an error it can only be ended. */
    void fail() {
        if (inTransaction) {
            failed = true;
        } else {
            changes.clear();
        }
    }

    Result execute(Statement statement, List<Optional<Object>> parameters) throws SqlFailure {
        if (failed && !statement.form().inFailed()) {
            throw new SqlFailure(
                    "25P02", "current transaction is aborted, commands ignored until end of transaction block");
        }
        Result result = statement.run(this, parameters);
        return inTransaction || changes.isEmpty() ? result : result.committedAt(commit());
    }

    Result begin() {
        inTransaction = true;
        return Result.done("BEGIN");
    }

    /** Ends the transaction; a failed one is always rolled back. */
    Result end(boolean commit) {
        boolean keeps = commit && !failed;
        inTransaction = false;
        failed = false;
        if (!keeps) {
            changes.clear();
        }
        return Result.done(keeps ? "COMMIT" : "ROLLBACK");
    }

    private OptionalLong commit() throws SqlFailure {
        checkWritable("COMMIT");
        Postgres postgres = node.postgres;
        postgres.position += RECORD_BYTES * (1 + changes.size());
        postgres.changes.put(postgres.position, List.copyOf(changes));
        changes.clear();
        return OptionalLong.of(postgres.position);
    }

    private void checkWritable(String what) throws SqlFailure {
        if (node.postgres.inRecovery) {
            changes.clear();
            throw new SqlFailure("25006", "cannot execute " + what + " in a read-only transaction");
        }
    }

    private Tables tables() {
        Set<Long> hidden = world.replication().unacknowledged(node);
        long stable = hidden.stream().mapToLong(position -> position - 1).min().orElse(Long.MAX_VALUE);
        List<TableChange> later = new ArrayList<>();
        if (!hidden.isEmpty()) {
            node.postgres.changes.tailMap(stable, false).forEach((position, commit) -> {
                if (!hidden.contains(position)) {
                    later.addAll(commit);
                }
            });
        }
        later.addAll(changes);
        return Tables.of(node.postgres, stable, later);
    }

    Tables.Content table(String name) throws SqlFailure {
        return tables().get(name);
    }

    String setting(String name) throws SqlFailure {
        return DatabaseSettings.of(world, node, name);
    }

    /** Answers with one row: what these functions return. */
    Result call(String tag, List<ServerFunction> functions) {
        return Result.rows(
                tag,
                List.of(functions.stream()
                        .map(function -> Optional.of(function.value(world, node)))
                        .toList()));
    }

    Result create(TableChange.Create create, boolean ifNotExists) throws SqlFailure {
        checkWritable("CREATE TABLE");
        boolean exists = tables().has(create.table());
        if (exists && !ifNotExists) {
            throw new SqlFailure("42P07", "relation \"" + create.table() + "\" already exists");
        }
        if (!exists) {
            changes.add(create);
        }
        return Result.done("CREATE TABLE");
    }

    Result drop(String table, boolean ifExists) throws SqlFailure {
        checkWritable("DROP TABLE");
        boolean exists = tables().has(table);
        if (!exists && !ifExists) {
            throw new SqlFailure("42P01", "table \"" + table + "\" does not exist");
        }
        if (exists) {
            changes.add(new TableChange.Drop(table));
        }
        return Result.done("DROP TABLE");
    }

    void insert(String table, TableChange.Row row) throws SqlFailure {
        checkWritable("INSERT");
        table(table);
        changes.add(new TableChange.Insert(table, row));
    }

    /** Makes an account. */
    Result open(String table, long account, long balance) throws SqlFailure {
        checkWritable("INSERT");
        if (table(table).accounts().containsKey(account)) {
            throw new SqlFailure("23505", "duplicate key value violates unique constraint \"" + table + "_pkey\"");
        }
        changes.add(new TableChange.Add(table, account, balance));
        return Result.done("INSERT 0 1");
    }

    /** Adds an amount to the balance of an account, if there is such an account. */
    Result add(String table, long account, long amount) throws SqlFailure {
        checkWritable("UPDATE");
        if (!table(table).accounts().containsKey(account)) {
            return Result.done("UPDATE 0");
        }
        changes.add(new TableChange.Add(table, account, amount));
        return Result.done("UPDATE 1");
    }

    Result delete(String table, Predicate<TableChange.Row> which) throws SqlFailure {
        checkWritable("DELETE");
        List<TableChange.Row> deleted =
                table(table).rows().stream().filter(which).toList();
        if (!deleted.isEmpty()) {
            changes.add(new TableChange.Delete(table, Set.copyOf(deleted)));
        }
        return Result.done("DELETE " + deleted.size());
    }
}
