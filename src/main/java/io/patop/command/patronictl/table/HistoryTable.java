package io.patop.command.patronictl.table;

import io.patop.cluster.History;
import io.patop.cluster.PatroniTime;
import io.patop.command.shell.Table;
import io.patop.command.shell.TableCell;
import java.util.List;
import java.util.Optional;

/** The table of {@code patop history}: where each timeline ended, oldest first, LSNs in bytes. */
public final class HistoryTable {

    private static final List<Table.Column> COLUMNS = List.of(
            Table.Column.of("TL", Table.Alignment.RIGHT),
            Table.Column.of("LSN", Table.Alignment.RIGHT),
            Table.Column.of("Reason", Table.Alignment.LEFT),
            Table.Column.of("Timestamp", Table.Alignment.LEFT),
            Table.Column.of("New Leader", Table.Alignment.LEFT));

    private HistoryTable() {}

    /**
     * Makes the table; old entries have neither time nor leader.
     *
     * @param newLeader whether there is a column for the leader after
     */
    public static Table of(History history, boolean newLeader) {
        int columns = newLeader ? COLUMNS.size() : COLUMNS.size() - 1;
        return new Table(
                Optional.empty(),
                COLUMNS.subList(0, columns),
                history.entries().stream()
                        .map(entry -> row(entry).subList(0, columns))
                        .toList());
    }

    private static List<TableCell> row(History.Entry entry) {
        return List.of(
                TableCell.number(entry.timeline().number()),
                TableCell.number(entry.lsn().position()),
                TableCell.text(entry.reason()),
                TableCell.text(entry.at().map(PatroniTime::text).orElse("")),
                TableCell.text(entry.newLeader().orElse("")));
    }
}
