package io.patop.command.patronictl.table;

import io.patop.cluster.ClusterView;
import io.patop.command.shell.Table;
import io.patop.command.shell.TableFormat;
import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of {@code patop list} and {@code patop topology}, and the lines below them, as patronictl of the nodes'
 * own version prints them.
 */
public final class MembersTable {

    /**
     * The columns that are asked for.
     *
     * @param extended whether all columns are shown, also those without any value
     * @param columns exactly these columns, in this order; empty means patronictl's
     */
    public record Selection(boolean extended, List<MembersColumn> columns) {
        /** The columns of {@code list} without options. */
        public static final Selection DEFAULT = new Selection(false, List.of());

        public Selection {
            columns = columns.stream().distinct().toList();
        }
    }

    private MembersTable() {}

    /** Returns what {@code list} prints, with its last line end. */
    public static String list(ListedCluster cluster, Selection selection, TableFormat format) {
        List<PatronictlRow> rows = rows(
                cluster,
                cluster.view().members().stream().map(Topology.Place::plain).toList(),
                false);
        return print(cluster, table(cluster, rows, selection), format);
    }

    /** Returns what {@code topology} prints, with its last line end. */
    public static String topology(ListedCluster cluster, Selection selection, TableFormat format) {
        List<PatronictlRow> rows = rows(cluster, Topology.of(cluster.view()), true);
        return print(cluster, table(cluster, rows, selection), format);
    }

    private static String print(ListedCluster cluster, Table table, TableFormat format) {
        return format.write(table) + (format.isForPeople() ? below(cluster.view()) : "");
    }

    private static List<PatronictlRow> rows(ListedCluster cluster, List<Topology.Place> places, boolean inTopology) {
        boolean withPort = PatronictlRow.needPort(cluster.view().members());
        return places.stream()
                .map(place -> new PatronictlRow(cluster.name(), place.label(), place.member(), withPort, inTopology))
                .toList();
    }

    private static Table table(ListedCluster cluster, List<PatronictlRow> rows, Selection selection) {
        boolean chosen = !selection.columns().isEmpty();
        List<MembersColumn> columns = chosen ? selection.columns() : columns(cluster, rows, selection.extended());
        return new Table(
                Optional.of(cluster.title()),
                columns.stream()
                        .map(column -> chosen ? column.column() : column.patronictlColumn())
                        .toList(),
                rows.stream()
                        .map(row ->
                                columns.stream().map(column -> column.cell(row)).toList())
                        .toList());
    }

    private static List<MembersColumn> columns(ListedCluster cluster, List<PatronictlRow> rows, boolean extended) {
        List<MembersColumn> columns = new ArrayList<>(MembersColumn.basic(cluster.tellsReceiveAndReplay()));
        for (MembersColumn column : MembersColumn.extended(cluster.tellsPendingReasons())) {
            boolean used = rows.stream()
                    .filter(row -> cluster.countsMembersWithoutAddress()
                            || row.member().address().isPresent())
                    .anyMatch(row -> column.cell(row).value().isPresent());
            if (extended || used) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** Returns the lines on maintenance mode and a scheduled switchover. */
    private static String below(ClusterView view) {
        StringBuilder lines = new StringBuilder();
        if (view.paused()) {
            lines.append(" Maintenance mode: on\n");
        }
        view.scheduledSwitchover().ifPresent(switchover -> {
            lines.append(" Switchover scheduled at: ")
                    .append(Printable.line(switchover.at().text()))
                    .append('\n');
            switchover.from().ifPresent(name -> lines.append(detail("from", name)));
            switchover.to().ifPresent(name -> lines.append(detail("to", name)));
        });
        view.leftOut().ifPresent(count -> lines.append(" Members left out: ")
                .append(count)
                .append(", beyond the first ")
                .append(ClusterView.MOST_MEMBERS)
                .append('\n'));
        return lines.toString();
    }

    private static String detail(String label, String name) {
        return String.format("%24s: %s\n", label, Printable.line(name));
    }
}
