package io.patop.sim.postgres;

import io.patop.sim.core.SqlFailure;
import io.patop.sim.core.SqlStatement;
import io.patop.sim.core.TableChange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables after a sequence of changes: a node's own view of its database at one moment. */
final class Tables {
    private final Map<String, Content> tables = new LinkedHashMap<>();

    /** One table: its definition, its rows by number, and up to which number its sequence is logged. */
    static final class Content {
        final SqlStatement.Table definition;
        final TreeMap<Long, Map<String, Object>> rows = new TreeMap<>();
        long logged;

        Content(SqlStatement.Table definition) {
            this.definition = definition;
        }
    }

    /** Returns the tables after the committed changes and those of a transaction. */
    static Tables of(Collection<? extends Collection<TableChange>> committed, Collection<TableChange> own) {
        Tables tables = new Tables();
        committed.forEach(changes -> changes.forEach(tables::apply));
        own.forEach(tables::apply);
        return tables;
    }

    private void apply(TableChange change) {
        if (change instanceof TableChange.Create create) {
            tables.put(create.table(), new Content(create.definition()));
        } else if (change instanceof TableChange.Drop drop) {
            tables.remove(drop.table());
        } else {
            Optional.ofNullable(tables.get(change.table())).ifPresent(content -> apply(content, change));
        }
    }

    private static void apply(Content content, TableChange change) {
        if (change instanceof TableChange.Put put) {
            content.rows.put(put.row(), put.values());
        } else if (change instanceof TableChange.Delete delete) {
            content.rows.remove(delete.row());
        } else if (change instanceof TableChange.Sequence sequence) {
            content.logged = Math.max(content.logged, sequence.logged());
        }
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    Content get(String table) throws SqlFailure {
        Content content = tables.get(table);
        if (content == null) {
            throw new SqlFailure("42P01", "relation \"" + table + "\" does not exist");
        }
        return content;
    }
}
