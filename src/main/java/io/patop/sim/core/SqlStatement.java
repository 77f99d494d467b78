package io.patop.sim.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement that the stand-in for PostgreSQL understands: those of a write probe, and few more. */
public sealed interface SqlStatement {

    /** An empty statement between two semicolons. */
    record Empty() implements SqlStatement {}

    /** BEGIN, COMMIT or ROLLBACK. */
    record Transaction(String word) implements SqlStatement {}

    /** SET and similar statements, which change nothing here; the tag is the answer. */
    record Ignored(String tag) implements SqlStatement {}

    /** SHOW. */
    record Show(String name) implements SqlStatement {}

    /** CREATE TABLE. */
    record Create(Table table, boolean ifNotExists) implements SqlStatement {}

    /** DROP TABLE. */
    record Drop(String table, boolean ifExists) implements SqlStatement {}

    /** INSERT: rows of expressions for these columns; no columns means all. */
    record Insert(
            String table,
            List<String> columns,
            List<List<SqlExpression>> rows,
            boolean doNothingOnConflict,
            List<SqlExpression.Named> returning)
            implements SqlStatement {}

    /** UPDATE, DELETE or TRUNCATE: without values the rows are deleted. */
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
     * A column's definition.
     *
     * @param generated whether a sequence generates it
     * @param byDefault its value if an INSERT gives none
     */
    record ColumnDefinition(
            String name, SqlType type, boolean generated, boolean unique, Optional<SqlExpression> byDefault) {}
}
