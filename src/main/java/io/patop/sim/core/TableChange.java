package io.patop.sim.core;

import java.util.Map;

/**
 * One change of the database's tables as the WAL carries it, from the primary to its standbys.
 */
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

    /** A row, new or with other values; columns that are NULL are not in it. */
    record Put(String table, long row, Map<String, Object> values) implements TableChange {}

    /** A row that goes. */
    record Delete(String table, long row) implements TableChange {}

    /** A sequence may have been used up to this number: it is logged 32 numbers ahead, as PostgreSQL does. */
    record Sequence(String table, long logged) implements TableChange {}
}
