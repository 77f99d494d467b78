package io.patop.sim.postgres;

import io.patop.sim.core.Node;
import io.patop.sim.core.Postgres;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.SqlExpression;
import io.patop.sim.core.SqlFailure;
import io.patop.sim.core.SqlStatement;
import io.patop.sim.core.SqlType;
import io.patop.sim.core.TableChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One client's session with one node's database: its transaction, and the effect of its statements on the tables. A
 * commit goes into the WAL of the simulated replication, so that it can be lost like a real one.
 */
final class DatabaseSession {
    private static final long RECORD_BYTES = 160;
    /** PostgreSQL's SEQ_LOG_VALS: after a crash or failover a sequence skips up to this many numbers. */
    private static final long SEQUENCE_AHEAD = 32;

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
     * @param tag the command's tag, e.g. {@code INSERT 0 1}
     * @param commit position that must be durable before the answer is sent
     */
    record Result(List<ResultColumn> columns, List<List<Optional<Object>>> rows, String tag, OptionalLong commit) {
        static Result done(String tag) {
            return new Result(List.of(), List.of(), tag, OptionalLong.empty());
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

    Result execute(SqlStatement statement, List<Optional<Object>> parameters) throws SqlFailure {
        if (failed && !(statement instanceof SqlStatement.Transaction)) {
            throw new SqlFailure(
                    "25P02", "current transaction is aborted, commands ignored until end of transaction block");
        }
        if (statement instanceof SqlStatement.Transaction transaction) {
            return transaction(transaction.word());
        }
        Result result = run(statement, parameters);
        return inTransaction || changes.isEmpty() ? result : result.committedAt(commit());
    }

    private Result transaction(String word) throws SqlFailure {
        if (word.equals("BEGIN")) {
            inTransaction = true;
            return Result.done("BEGIN");
        }
        boolean rolledBack = failed || word.equals("ROLLBACK");
        inTransaction = false;
        failed = false;
        if (rolledBack) {
            changes.clear();
            return Result.done("ROLLBACK");
        }
        return Result.done("COMMIT").committedAt(changes.isEmpty() ? OptionalLong.empty() : commit());
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
        return Tables.of(node.postgres.changes.values(), changes);
    }

    private Result run(SqlStatement statement, List<Optional<Object>> parameters) throws SqlFailure {
        if (statement instanceof SqlStatement.Select select) {
            return select(select, parameters);
        }
        if (statement instanceof SqlStatement.Insert insert) {
            return insert(insert, parameters);
        }
        if (statement instanceof SqlStatement.Change change) {
            return change(change, parameters);
        }
        if (statement instanceof SqlStatement.Create create) {
            return create(create);
        }
        if (statement instanceof SqlStatement.Drop drop) {
            return drop(drop);
        }
        if (statement instanceof SqlStatement.Show show) {
            Optional<Object> value = Optional.of(DatabaseSettings.of(world, node, show.name()));
            return new Result(columns(show, List.of()), List.of(List.of(value)), "SHOW", OptionalLong.empty());
        }
        return Result.done(statement instanceof SqlStatement.Ignored ignored ? ignored.tag() : "");
    }

    private Result create(SqlStatement.Create create) throws SqlFailure {
        checkWritable("CREATE TABLE");
        boolean exists = tables().has(create.table().name());
        if (exists && !create.ifNotExists()) {
            throw new SqlFailure("42P07", "relation \"" + create.table().name() + "\" already exists");
        }
        if (!exists) {
            changes.add(new TableChange.Create(create.table()));
        }
        return Result.done("CREATE TABLE");
    }

    private Result drop(SqlStatement.Drop drop) throws SqlFailure {
        checkWritable("DROP TABLE");
        boolean exists = tables().has(drop.table());
        if (!exists && !drop.ifExists()) {
            throw new SqlFailure("42P01", "table \"" + drop.table() + "\" does not exist");
        }
        if (exists) {
            changes.add(new TableChange.Drop(drop.table()));
        }
        return Result.done("DROP TABLE");
    }

    private SqlEvaluator evaluator(List<Optional<Object>> parameters, Optional<SqlStatement.Table> table) {
        return new SqlEvaluator(world, node, parameters, table);
    }

    private Result insert(SqlStatement.Insert insert, List<Optional<Object>> parameters) throws SqlFailure {
        checkWritable("INSERT");
        Tables.Content content = tables().get(insert.table());
        SqlEvaluator evaluator = evaluator(parameters, Optional.of(content.definition));
        List<Map<String, Object>> inserted = new ArrayList<>();
        for (List<SqlExpression> expressions : insert.rows()) {
            Map<String, Object> values = values(insert, expressions, content, evaluator);
            if (isDuplicate(content, values)) {
                if (!insert.doNothingOnConflict()) {
                    throw new SqlFailure(
                            "23505", "duplicate key value violates unique constraint \"" + insert.table() + "_pkey\"");
                }
                continue;
            }
            long row = world.nextRow();
            content.rows.put(row, values);
            changes.add(new TableChange.Put(insert.table(), row, values));
            inserted.add(values);
        }
        return returning(insert.returning(), content.definition, inserted, "INSERT 0 " + inserted.size(), evaluator);
    }

    private Map<String, Object> values(
            SqlStatement.Insert insert, List<SqlExpression> expressions, Tables.Content content, SqlEvaluator evaluator)
            throws SqlFailure {
        List<SqlStatement.ColumnDefinition> columns = content.definition.columns();
        List<String> names = insert.columns().isEmpty()
                ? columns.stream().map(SqlStatement.ColumnDefinition::name).toList()
                : insert.columns();
        if (expressions.size() > names.size()) {
            throw new SqlFailure("42601", "INSERT has more expressions than target columns");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (SqlStatement.ColumnDefinition column : columns) {
            int given = names.indexOf(column.name());
            Optional<Object> value;
            if (given >= 0 && given < expressions.size()) {
                value = evaluator.of(expressions.get(given), Map.of());
            } else if (column.generated()) {
                value = Optional.of(nextValue(content));
            } else {
                value = column.byDefault().isEmpty()
                        ? Optional.empty()
                        : evaluator.of(column.byDefault().orElseThrow(), Map.of());
            }
            if (value.isPresent()) {
                values.put(column.name(), column.type().cast(value.orElseThrow()));
            }
        }
        for (String name : names) {
            if (columns.stream().noneMatch(column -> column.name().equals(name))) {
                throw new SqlFailure(
                        "42703", "column \"" + name + "\" of relation \"" + insert.table() + "\" does not exist");
            }
        }
        return values;
    }

    /** Does nextval: counted in memory, and logged ahead when it passes what was logged. */
    private long nextValue(Tables.Content content) {
        String table = content.definition.name();
        String sequence = table + " " + node.postgres.startedAt + " " + node.postgres.timeline;
        long value = node.postgres.sequences.merge(sequence, content.logged + 1, (last, first) -> last + 1);
        if (value > content.logged) {
            content.logged = value + SEQUENCE_AHEAD;
            changes.add(new TableChange.Sequence(table, content.logged));
        }
        return value;
    }

    private static boolean isDuplicate(Tables.Content content, Map<String, Object> values) {
        return content.definition.columns().stream()
                .filter(SqlStatement.ColumnDefinition::unique)
                .anyMatch(column -> content.rows.values().stream()
                        .anyMatch(row -> row.get(column.name()) != null
                                && row.get(column.name()).equals(values.get(column.name()))));
    }

    private Result change(SqlStatement.Change change, List<Optional<Object>> parameters) throws SqlFailure {
        checkWritable(change.tag().split(" ", -1)[0]);
        Tables.Content content = tables().get(change.table());
        SqlEvaluator evaluator = evaluator(parameters, Optional.of(content.definition));
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Map.Entry<Long, Map<String, Object>> row : content.rows.entrySet()) {
            if (evaluator.isTrue(change.where(), row.getValue())) {
                Map<String, Object> values = new LinkedHashMap<>(row.getValue());
                for (Map.Entry<String, SqlExpression> set : change.values().entrySet()) {
                    SqlType type = evaluator.type(new SqlExpression.Column(set.getKey()), List.of());
                    Optional<Object> value = evaluator.of(set.getValue(), row.getValue());
                    values.remove(set.getKey());
                    if (value.isPresent()) {
                        values.put(set.getKey(), type.cast(value.orElseThrow()));
                    }
                }
                changes.add(
                        change.values().isEmpty()
                                ? new TableChange.Delete(change.table(), row.getKey())
                                : new TableChange.Put(change.table(), row.getKey(), values));
                changed.add(values);
            }
        }
        String tag = change.tag().startsWith("TRUNCATE") ? change.tag() : change.tag() + " " + changed.size();
        return returning(change.returning(), content.definition, changed, tag, evaluator);
    }

    private Result returning(
            List<SqlExpression.Named> wanted,
            SqlStatement.Table table,
            List<Map<String, Object>> rows,
            String tag,
            SqlEvaluator evaluator)
            throws SqlFailure {
        List<SqlExpression.Named> columns = expanded(wanted, Optional.of(table));
        List<List<Optional<Object>>> results = new ArrayList<>();
        if (!columns.isEmpty()) {
            for (Map<String, Object> row : rows) {
                results.add(values(columns, row, evaluator));
            }
        }
        return new Result(resultColumns(columns, evaluator, List.of()), results, tag, OptionalLong.empty());
    }

    private static List<Optional<Object>> values(
            List<SqlExpression.Named> columns, Map<String, Object> row, SqlEvaluator evaluator) throws SqlFailure {
        List<Optional<Object>> values = new ArrayList<>();
        for (SqlExpression.Named column : columns) {
            values.add(evaluator.of(column.value(), row));
        }
        return values;
    }

    private Result select(SqlStatement.Select select, List<Optional<Object>> parameters) throws SqlFailure {
        Optional<Tables.Content> content = content(select.table());
        Optional<SqlStatement.Table> table = content.map(found -> found.definition);
        SqlEvaluator evaluator = evaluator(parameters, table);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : content.map(found -> found.rows.values()).orElse(List.of(Map.of()))) {
            if (evaluator.isTrue(select.where(), row)) {
                rows.add(row);
            }
        }
        List<SqlExpression.Named> columns = expanded(select.columns(), table);
        List<List<Optional<Object>>> results = new ArrayList<>();
        if (columns.stream().anyMatch(column -> SqlEvaluator.isAggregate(column.value()))) {
            List<Optional<Object>> result = new ArrayList<>();
            for (SqlExpression.Named column : columns) {
                result.add(evaluator.over(column.value(), rows));
            }
            results.add(result);
        } else {
            sort(rows, select.order(), evaluator);
            long limit = limit(select, evaluator);
            for (Map<String, Object> row : rows) {
                if (results.size() < limit) {
                    results.add(values(columns, row, evaluator));
                }
            }
        }
        List<ResultColumn> described = resultColumns(columns, evaluator, List.of());
        return new Result(described, results, "SELECT " + results.size(), OptionalLong.empty());
    }

    private Optional<Tables.Content> content(Optional<String> table) throws SqlFailure {
        return table.isEmpty() ? Optional.empty() : Optional.of(tables().get(table.orElseThrow()));
    }

    private static long limit(SqlStatement.Select select, SqlEvaluator evaluator) throws SqlFailure {
        if (select.limit().isEmpty()) {
            return Long.MAX_VALUE;
        }
        Optional<Object> limit = evaluator.of(select.limit().orElseThrow(), Map.of());
        return limit.isEmpty() ? Long.MAX_VALUE : (Long) SqlType.INT8.cast(limit.orElseThrow());
    }

    private static void sort(List<Map<String, Object>> rows, List<SqlStatement.Order> order, SqlEvaluator evaluator)
            throws SqlFailure {
        for (int i = order.size() - 1; i >= 0; i--) {
            SqlStatement.Order by = order.get(i);
            IdentityHashMap<Map<String, Object>, Optional<Object>> keys = new IdentityHashMap<>();
            for (Map<String, Object> row : rows) {
                keys.put(row, evaluator.of(by.by(), row));
            }
            Comparator<Map<String, Object>> comparator = (a, b) -> compare(keys.get(a), keys.get(b));
            rows.sort(by.descending() ? comparator.reversed() : comparator);
        }
    }

    /** Compares with NULLs last, as PostgreSQL sorts. */
    @SuppressWarnings("unchecked")
    private static int compare(Optional<Object> left, Optional<Object> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        return ((Comparable<Object>) left.orElseThrow()).compareTo(right.orElseThrow());
    }

    /** Replaces {@code *} by the table's columns. */
    private static List<SqlExpression.Named> expanded(
            List<SqlExpression.Named> columns, Optional<SqlStatement.Table> table) {
        List<SqlExpression.Named> expanded = new ArrayList<>();
        for (SqlExpression.Named column : columns) {
            if (column.value() instanceof SqlExpression.Column star
                    && star.name().equals("*")
                    && table.isPresent()) {
                table.orElseThrow()
                        .columns()
                        .forEach(defined -> expanded.add(
                                new SqlExpression.Named(new SqlExpression.Column(defined.name()), defined.name())));
            } else {
                expanded.add(column);
            }
        }
        return expanded;
    }

    private static List<ResultColumn> resultColumns(
            List<SqlExpression.Named> columns, SqlEvaluator evaluator, List<SqlType> parameterTypes) {
        return columns.stream()
                .map(column -> new ResultColumn(column.name(), evaluator.type(column.value(), parameterTypes)))
                .toList();
    }

    /** Returns the columns of a statement's result; empty if it returns no rows. */
    List<ResultColumn> columns(SqlStatement statement, List<SqlType> parameterTypes) throws SqlFailure {
        if (statement instanceof SqlStatement.Show show) {
            return List.of(new ResultColumn(show.name(), SqlType.TEXT));
        }
        if (statement instanceof SqlStatement.Select select) {
            return described(select.columns(), select.table(), parameterTypes);
        }
        if (statement instanceof SqlStatement.Insert insert
                && !insert.returning().isEmpty()) {
            return described(insert.returning(), Optional.of(insert.table()), parameterTypes);
        }
        if (statement instanceof SqlStatement.Change change
                && !change.returning().isEmpty()) {
            return described(change.returning(), Optional.of(change.table()), parameterTypes);
        }
        return List.of();
    }

    private List<ResultColumn> described(
            List<SqlExpression.Named> columns, Optional<String> table, List<SqlType> parameterTypes) throws SqlFailure {
        Optional<SqlStatement.Table> definition = content(table).map(found -> found.definition);
        return resultColumns(expanded(columns, definition), evaluator(List.of(), definition), parameterTypes);
    }
}
