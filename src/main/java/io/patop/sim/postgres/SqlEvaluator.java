package io.patop.sim.postgres;

import io.patop.sim.core.ClusterJson;
import io.patop.sim.core.Node;
import io.patop.sim.core.Postgres;
import io.patop.sim.core.ServerVersion;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.SqlExpression;
import io.patop.sim.core.SqlFailure;
import io.patop.sim.core.SqlStatement;
import io.patop.sim.core.SqlType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates an expression on one node: for a row, and for functions about the server itself. */
final class SqlEvaluator {
    private static final Set<String> AGGREGATES = Set.of("count", "max", "min", "sum");

    private final Simulation world;
    private final Node node;
    private final List<Optional<Object>> parameters;
    private final Optional<SqlStatement.Table> table;

    SqlEvaluator(Simulation world, Node node, List<Optional<Object>> parameters, Optional<SqlStatement.Table> table) {
        this.world = world;
        this.node = node;
        this.parameters = parameters;
        this.table = table;
    }

    static boolean isAggregate(SqlExpression expression) {
        if (expression instanceof SqlExpression.Cast cast) {
            return isAggregate(cast.value());
        }
        if (expression instanceof SqlExpression.Binary binary) {
            return isAggregate(binary.left()) || isAggregate(binary.right());
        }
        return expression instanceof SqlExpression.Call call
                && (AGGREGATES.contains(call.name())
                        || call.arguments().stream().anyMatch(SqlEvaluator::isAggregate));
    }

    /** Evaluates over a group of rows; an expression without an aggregate takes the first row. */
    Optional<Object> over(SqlExpression expression, Collection<Map<String, Object>> rows) throws SqlFailure {
        if (expression instanceof SqlExpression.Call call && AGGREGATES.contains(call.name())) {
            return aggregate(call, rows);
        }
        if (expression instanceof SqlExpression.Cast cast) {
            Optional<Object> value = over(cast.value(), rows);
            return value.isEmpty() ? value : Optional.of(cast.type().cast(value.orElseThrow()));
        }
        if (expression instanceof SqlExpression.Call call && call.name().equals("coalesce")) {
            for (SqlExpression argument : call.arguments()) {
                Optional<Object> value = over(argument, rows);
                if (value.isPresent()) {
                    return value;
                }
            }
            return Optional.empty();
        }
        if (expression instanceof SqlExpression.Binary binary && isAggregate(binary)) {
            return binary(binary.operator(), over(binary.left(), rows), over(binary.right(), rows));
        }
        return of(expression, rows.isEmpty() ? Map.of() : rows.iterator().next());
    }

    private Optional<Object> aggregate(SqlExpression.Call call, Collection<Map<String, Object>> rows)
            throws SqlFailure {
        SqlExpression argument = call.arguments().isEmpty()
                ? new SqlExpression.Column("*")
                : call.arguments().get(0);
        if (argument instanceof SqlExpression.Column column && column.name().equals("*")) {
            return Optional.of((long) rows.size());
        }
        Optional<Object> result = Optional.empty();
        long count = 0;
        for (Map<String, Object> row : rows) {
            Optional<Object> value = of(argument, row);
            if (value.isEmpty()) {
                continue;
            }
            count += 1;
            if (result.isEmpty()) {
                result = value;
            } else if (call.name().equals("sum")) {
                result = binary("+", result, value);
            } else {
                int order = compare(value.orElseThrow(), result.orElseThrow());
                boolean better = call.name().equals("max") ? order > 0 : order < 0;
                result = better ? value : result;
            }
        }
        return call.name().equals("count") ? Optional.of(count) : result;
    }

    /** Evaluates for one row; empty is NULL. */
    Optional<Object> of(SqlExpression expression, Map<String, Object> row) throws SqlFailure {
        if (expression instanceof SqlExpression.Constant constant) {
            return constant.value();
        }
        if (expression instanceof SqlExpression.Parameter parameter) {
            if (parameter.number() < 1 || parameter.number() > parameters.size()) {
                throw new SqlFailure("42P02", "there is no parameter $" + parameter.number());
            }
            return parameters.get(parameter.number() - 1);
        }
        if (expression instanceof SqlExpression.Column column) {
            checkColumn(column.name());
            return Optional.ofNullable(row.get(column.name()));
        }
        if (expression instanceof SqlExpression.Cast cast) {
            Optional<Object> value = of(cast.value(), row);
            return value.isEmpty() ? value : Optional.of(cast.type().cast(value.orElseThrow()));
        }
        if (expression instanceof SqlExpression.IsNull isNull) {
            return Optional.of(of(isNull.value(), row).isEmpty());
        }
        if (expression instanceof SqlExpression.Not not) {
            return of(not.value(), row).map(value -> !Boolean.TRUE.equals(value));
        }
        if (expression instanceof SqlExpression.Binary binary) {
            return binary(binary.operator(), of(binary.left(), row), of(binary.right(), row));
        }
        return call((SqlExpression.Call) expression, row);
    }

    boolean isTrue(Optional<SqlExpression> condition, Map<String, Object> row) throws SqlFailure {
        return condition.isEmpty()
                || of(condition.orElseThrow(), row).filter(Boolean.TRUE::equals).isPresent();
    }

    private void checkColumn(String name) throws SqlFailure {
        boolean known = table.filter(definition -> definition.columns().stream()
                        .anyMatch(column -> column.name().equals(name)))
                .isPresent();
        if (!known) {
            throw new SqlFailure("42703", "column \"" + name + "\" does not exist");
        }
    }

    private static Optional<Object> binary(String operator, Optional<Object> left, Optional<Object> right)
            throws SqlFailure {
        if (operator.equals("and") || operator.equals("or")) {
            boolean a = left.filter(Boolean.TRUE::equals).isPresent();
            boolean b = right.filter(Boolean.TRUE::equals).isPresent();
            return Optional.of(operator.equals("and") ? a && b : a || b);
        }
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Object a = left.orElseThrow();
        Object b = right.orElseThrow();
        return switch (operator) {
            case "=" -> Optional.of(compare(a, b) == 0);
            case "<>", "!=" -> Optional.of(compare(a, b) != 0);
            case "<" -> Optional.of(compare(a, b) < 0);
            case ">" -> Optional.of(compare(a, b) > 0);
            case "<=" -> Optional.of(compare(a, b) <= 0);
            case ">=" -> Optional.of(compare(a, b) >= 0);
            case "||" -> Optional.of(SqlType.text(a) + SqlType.text(b));
            default -> Optional.of(arithmetic(operator, a, b));
        };
    }

    private static Object arithmetic(String operator, Object left, Object right) throws SqlFailure {
        if (!(left instanceof Long a) || !(right instanceof Long b)) {
            throw SqlFailure.unsupported("'" + operator + "' for these types");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            default -> a * b;
        };
    }

    /** Compares values; a literal of unknown type takes the other side's type, as in PostgreSQL. */
    @SuppressWarnings("unchecked")
    static int compare(Object left, Object right) throws SqlFailure {
        Object a = left instanceof String && !(right instanceof String)
                ? SqlType.of(right).cast(left)
                : left;
        Object b = right instanceof String && !(left instanceof String)
                ? SqlType.of(left).cast(right)
                : right;
        if (a instanceof Number x && b instanceof Number y && !x.getClass().equals(y.getClass())) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (!a.getClass().equals(b.getClass())) {
            throw new SqlFailure("42883", "operator does not exist for these types");
        }
        return ((Comparable<Object>) a).compareTo(b);
    }

    private Optional<Object> call(SqlExpression.Call call, Map<String, Object> row) throws SqlFailure {
        if (call.name().equals("coalesce")) {
            for (SqlExpression argument : call.arguments()) {
                Optional<Object> value = of(argument, row);
                if (value.isPresent()) {
                    return value;
                }
            }
            return Optional.empty();
        }
        if (call.name().equals("current_setting")) {
            Optional<Object> name = of(call.arguments().get(0), row);
            return Optional.of(DatabaseSettings.of(world, node, String.valueOf(name.orElse(""))));
        }
        return server(call.name());
    }

    private Optional<Object> server(String function) throws SqlFailure {
        Postgres postgres = node.postgres;
        return switch (function) {
            case "pg_is_in_recovery" -> Optional.of(postgres.inRecovery);
            case "now", "current_timestamp", "clock_timestamp", "transaction_timestamp", "statement_timestamp" ->
                Optional.of(world.instant(world.now()));
            case "version" -> Optional.of("PostgreSQL " + ServerVersion.TEXT + " (simulated by patop)");
            case "current_database", "current_catalog" -> Optional.of("patop");
            case "current_user", "session_user" -> Optional.of("patop");
            case "current_schema" -> Optional.of("public");
            case "inet_server_addr" -> Optional.of(node.address.host());
            case "inet_server_port" -> Optional.of((long) node.address.databasePort());
            case "pg_backend_pid" -> Optional.of(4711L);
            case "pg_postmaster_start_time" -> Optional.of(world.instant(postgres.startedAt));
            case "pg_current_wal_lsn", "pg_current_wal_insert_lsn", "pg_current_wal_flush_lsn" -> primaryLsn();
            case "pg_last_wal_receive_lsn" -> standbyLsn(postgres.received);
            case "pg_last_wal_replay_lsn" -> standbyLsn(postgres.position);
            case "pg_last_xact_replay_timestamp" ->
                postgres.inRecovery && postgres.replayedAt.isPresent()
                        ? Optional.of(world.instant(postgres.replayedAt.orElseThrow()))
                        : Optional.empty();
            default -> throw new SqlFailure("42883", "function " + function + "() does not exist");
        };
    }

    private Optional<Object> primaryLsn() throws SqlFailure {
        if (node.postgres.inRecovery) {
            throw new SqlFailure("55000", "recovery is in progress");
        }
        return Optional.of(ClusterJson.lsn(node.postgres.position));
    }

    private Optional<Object> standbyLsn(long position) {
        return node.postgres.inRecovery ? Optional.of(ClusterJson.lsn(position)) : Optional.empty();
    }

    /** Returns the type of a result column. */
    SqlType type(SqlExpression expression, List<SqlType> parameterTypes) {
        if (expression instanceof SqlExpression.Constant constant) {
            return constant.value().map(SqlType::of).orElse(SqlType.TEXT);
        }
        if (expression instanceof SqlExpression.Parameter parameter) {
            return parameter.number() <= parameterTypes.size()
                    ? parameterTypes.get(parameter.number() - 1)
                    : SqlType.TEXT;
        }
        if (expression instanceof SqlExpression.Column column) {
            return table.stream()
                    .flatMap(definition -> definition.columns().stream())
                    .filter(defined -> defined.name().equals(column.name()))
                    .map(SqlStatement.ColumnDefinition::type)
                    .findFirst()
                    .orElse(SqlType.TEXT);
        }
        if (expression instanceof SqlExpression.Cast cast) {
            return cast.type();
        }
        if (expression instanceof SqlExpression.Binary binary) {
            return switch (binary.operator()) {
                case "+", "-", "*" -> SqlType.INT8;
                case "||" -> SqlType.TEXT;
                default -> SqlType.BOOL;
            };
        }
        if (expression instanceof SqlExpression.Call call) {
            return callType(call, parameterTypes);
        }
        return SqlType.BOOL;
    }

    private SqlType callType(SqlExpression.Call call, List<SqlType> parameterTypes) {
        return switch (call.name()) {
            case "count" -> SqlType.INT8;
            case "pg_is_in_recovery" -> SqlType.BOOL;
            case "now",
                    "current_timestamp",
                    "clock_timestamp",
                    "transaction_timestamp",
                    "statement_timestamp",
                    "pg_postmaster_start_time",
                    "pg_last_xact_replay_timestamp" -> SqlType.TIMESTAMPTZ;
            case "inet_server_port", "pg_backend_pid" -> SqlType.INT4;
            case "inet_server_addr" -> SqlType.INET;
            case "max", "min", "coalesce", "sum" ->
                call.arguments().isEmpty()
                        ? SqlType.TEXT
                        : call.name().equals("sum")
                                ? SqlType.INT8
                                : type(call.arguments().get(0), parameterTypes);
            default -> call.name().endsWith("_lsn") ? SqlType.LSN : SqlType.TEXT;
        };
    }
}
