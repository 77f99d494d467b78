package io.patop.sim.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One change to the database's tables, as the WAL carries it from the primary to its standbys. */
public sealed interface TableChange {

    /** The table's name. */
    String table();

    /** Calls the visitor's method for this kind of change. */
    void accept(Visitor visitor);

    /** One method for each kind of change. */
    interface Visitor {
        void create(Create change);

        void drop(Drop change);

        void insert(Insert change);

        void delete(Delete change);

        void add(Add change);
    }

    /** A row of a probe's table. */
    record Row(String run, long number, Instant writtenAt) {}

    /** CREATE TABLE with columns of these names. */
    record Create(String table, List<String> columns) implements TableChange {
        @Override
        public void accept(Visitor visitor) {
            visitor.create(this);
        }
    }

    /** DROP TABLE. */
    record Drop(String table) implements TableChange {
        @Override
        public void accept(Visitor visitor) {
            visitor.drop(this);
        }
    }

    /** A row is inserted. */
    record Insert(String table, Row row) implements TableChange {
        @Override
        public void accept(Visitor visitor) {
            visitor.insert(this);
        }
    }

    /** An amount is added to the balance of an account; the first one makes the account. */
    record Add(String table, long account, long amount) implements TableChange {
        @Override
        public void accept(Visitor visitor) {
            visitor.add(this);
        }
    }

    /** Rows are deleted. */
    record Delete(String table, Set<Row> rows) implements TableChange {
        @Override
        public void accept(Visitor visitor) {
            visitor.delete(this);
        }
    }
}
