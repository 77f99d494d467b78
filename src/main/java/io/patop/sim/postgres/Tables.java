package io.patop.sim.postgres;

import io.patop.sim.core.TableChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables after a sequence of changes: a node's own view of its database at one moment. */
final class Tables {
    private final Map<String, Content> tables = new LinkedHashMap<>();

    /** One table: the names of its columns, and its rows. */
    record Content(List<String> columns, List<TableChange.Row> rows) {}

    /** Returns the tables after the committed changes and those of a transaction. */
    static Tables of(Collection<? extends Collection<TableChange>> committed, Collection<TableChange> own) {
        Tables tables = new Tables();
        committed.forEach(changes -> changes.forEach(tables::apply));
        own.forEach(tables::apply);
        return tables;
    }

    private void apply(TableChange change) {
        if (change instanceof TableChange.Create create) {
            tables.put(create.table(), new Content(create.columns(), new ArrayList<>()));
        } else if (change instanceof TableChange.Drop drop) {
            tables.remove(drop.table());
        } else {
            Optional.ofNullable(tables.get(change.table())).ifPresent(content -> apply(content.rows(), change));
        }
    }

    private static void apply(List<TableChange.Row> rows, TableChange change) {
        if (change instanceof TableChange.Insert insert) {
            rows.add(insert.row());
        } else if (change instanceof TableChange.Delete delete) {
            rows.removeAll(delete.rows());
        }
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    Content get(String table) throws SqlFailure {
        return Optional.ofNullable(tables.get(table))
                .orElseThrow(() -> new SqlFailure("42P01", "relation \"" + table + "\" does not exist"));
    }
}
