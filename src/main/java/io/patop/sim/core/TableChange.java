package io.patop.sim.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One change to the database's tables, as the WAL carries it from the primary to its standbys. */
public sealed interface TableChange {

    /** The table's name. */
    String table();

    /** A row of a probe's table. */
    record Row(String run, long number, Instant writtenAt) {}

    /** CREATE TABLE with columns of these names. */
    record Create(String table, List<String> columns) implements TableChange {}

    /** DROP TABLE. */
    record Drop(String table) implements TableChange {}

    /** A row is inserted. */
    record Insert(String table, Row row) implements TableChange {}

    /** Rows are deleted. */
    record Delete(String table, Set<Row> rows) implements TableChange {}
}
