package io.patop.sim.core;

import java.util.List;
import java.util.Optional;

/** An expression in a statement. */
public sealed interface SqlExpression {

    /** A constant; empty is NULL. */
    record Constant(Optional<Object> value) implements SqlExpression {}

    /** {@code $1}. */
    record Parameter(int number) implements SqlExpression {}

    /** A column of the one table, or {@code *}. */
    record Column(String name) implements SqlExpression {}

    /** A function call, aggregates included; the name is in lower case. */
    record Call(String name, List<SqlExpression> arguments) implements SqlExpression {}

    /** {@code a op b}; AND and OR are operators too. */
    record Binary(String operator, SqlExpression left, SqlExpression right) implements SqlExpression {}

    /** {@code a IS NULL}. */
    record IsNull(SqlExpression value) implements SqlExpression {}

    /** {@code NOT a}. */
    record Not(SqlExpression value) implements SqlExpression {}

    /** {@code a::type}. */
    record Cast(SqlExpression value, SqlType type) implements SqlExpression {}

    /** An expression with the name of its result column. */
    record Named(SqlExpression value, String name) {}
}
