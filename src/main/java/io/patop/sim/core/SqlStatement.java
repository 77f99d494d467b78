package io.patop.sim.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement that the stand-in for PostgreSQL understands: what a write probe needs, and little more.
 */
public sealed interface SqlStatement {

    /** Nothing between two semicolons. */
    record Empty() implements SqlStatement {}

    /** BEGIN, COMMIT or ROLLBACK. */
    record Transaction(String word) implements SqlStatement {}

    /** SET and its like, which change nothing here; the tag is the answer. */
    record Ignored(String tag) implements SqlStatement {}

    /** SHOW. */
    record Show(String name) implements SqlStatement {}

    /** CREATE TABLE. */
    record Create(Table table, boolean ifNotExists) implements SqlStatement {}

    /** DROP TABLE. */
    record Drop(String table, boolean ifExists) implements SqlStatement {}

    /** INSERT: rows of expressions for these columns; empty columns are all. */
    record Insert(
            String table,
            List<String> columns,
            List<List<SqlExpression>> rows,
            boolean doNothingOnConflict,
            List<SqlExpression.Named> returning)
            implements SqlStatement {}

    /** UPDATE, DELETE or TRUNCATE: with no values the rows go. */
    record Change(
            String table,
            Map<String, SqlExpression> values,
            Optional<SqlExpression> where,
            String tag,
            List<SqlExpression.Named> returning)
            implements SqlStatement {}

    /** SELECT from at most one table. */
    record Select(
            List<SqlExpression.Named> columns,
            Optional<String> table,
            Optional<SqlExpression> where,
            List<Order> order,
            Optional<SqlExpression> limit)
            implements SqlStatement {}

    /** One part of ORDER BY. */
    record Order(SqlExpression by, boolean descending) {}

    /** A table's definition, its columns in their order. */
    record Table(String name, List<ColumnDefinition> columns) {}

    /**
     * A column.
     *
     * @param generated counted by a sequence
     * @param byDefault what it is when an INSERT says nothing
     */
    record ColumnDefinition(
            String name, SqlType type, boolean generated, boolean unique, Optional<SqlExpression> byDefault) {}
}
