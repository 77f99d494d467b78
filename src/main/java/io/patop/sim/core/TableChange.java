package io.patop.sim.core;

import java.util.Map;

/** One change to the database's tables, as the WAL carries it from the primary to its standbys. */
public sealed interface TableChange {

    /** The table's name. */
    String table();

    /** CREATE TABLE. */
    record Create(SqlStatement.Table definition) implements TableChange {
        @Override
        public String table() {
            return definition.name();
        }
    }

    /** DROP TABLE. */
    record Drop(String table) implements TableChange {}

    /** A row is inserted or has new values; columns that are NULL are not in it. */
    record Put(String table, long row, Map<String, Object> values) implements TableChange {}

    /** A row is deleted. */
    record Delete(String table, long row) implements TableChange {}

    /** A sequence may have been used up to this number: it is logged 32 numbers ahead, as in PostgreSQL. */
    record Sequence(String table, long logged) implements TableChange {}
}
