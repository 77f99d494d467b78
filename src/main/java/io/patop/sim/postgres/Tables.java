package io.patop.sim.postgres;

import io.patop.sim.core.Postgres;
import io.patop.sim.core.TableChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables after a sequence of changes: a node's own view of its database at one moment. */
final class Tables implements TableChange.Visitor {
    private final Map<String, Content> tables = new LinkedHashMap<>();

    /** One table: the names of its columns, its rows if it is a probe's, and its accounts if it has some. */
    record Content(List<String> columns, List<TableChange.Row> rows, Map<Long, Long> accounts) {
        Content copy() {
            return new Content(columns, new ArrayList<>(rows), new LinkedHashMap<>(accounts));
        }
    }

    /**
     * Returns the tables after the changes that are committed up to a position, and some later ones. They are for
     * reading only: the earlier changes are applied once and kept.
     */
    static Tables of(Postgres postgres, long position, Collection<TableChange> later) {
        Tables committed = (Tables) postgres.applied.upTo(position, postgres.changes, Tables::new);
        if (later.isEmpty()) {
            return committed;
        }
        Tables tables = new Tables();
        Set<String> changed = later.stream().map(TableChange::table).collect(Collectors.toSet());
        committed.tables.forEach(
                (name, content) -> tables.tables.put(name, changed.contains(name) ? content.copy() : content));
        later.forEach(change -> change.accept(tables));
        return tables;
    }

    @Override
    public void create(TableChange.Create change) {
        tables.put(change.table(), new Content(change.columns(), new ArrayList<>(), new LinkedHashMap<>()));
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

    @Override
    public void add(TableChange.Add change) {
        Optional.ofNullable(tables.get(change.table()))
                .ifPresent(content -> content.accounts().merge(change.account(), change.amount(), Long::sum));
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
