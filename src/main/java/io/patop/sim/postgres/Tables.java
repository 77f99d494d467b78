package io.patop.sim.postgres;

import io.patop.sim.core.TableChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables after a sequence of changes: a node's own view of its database at one moment. */
final class Tables implements TableChange.Visitor {
    private final Map<String, Content> tables = new LinkedHashMap<>();

    /** One table: the names of its columns, and its rows. */
    record Content(List<String> columns, List<TableChange.Row> rows) {}

    /** Returns the tables after the committed changes and those of a transaction. */
    static Tables of(Collection<? extends Collection<TableChange>> committed, Collection<TableChange> own) {
        Tables tables = new Tables();
        committed.forEach(changes -> changes.forEach(change -> change.accept(tables)));
        own.forEach(change -> change.accept(tables));
        return tables;
    }

    @Override
    public void create(TableChange.Create change) {
        tables.put(change.table(), new Content(change.columns(), new ArrayList<>()));
    }

    @Override
    public void drop(TableChange.Drop change) {
        tables.remove(change.table());
    }

    @Override
    public void insert(TableChange.Insert change) {
        rows(change).ifPresent(rows -> rows.add(change.row()));
    }

    @Override
    public void delete(TableChange.Delete change) {
        rows(change).ifPresent(rows -> rows.removeAll(change.rows()));
    }

    private Optional<List<TableChange.Row>> rows(TableChange change) {
        return Optional.ofNullable(tables.get(change.table())).map(Content::rows);
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    Content get(String table) throws SqlFailure {
        return Optional.ofNullable(tables.get(table))
                .orElseThrow(() -> new SqlFailure("42P01", "relation \"" + table + "\" does not exist"));
    }
}
