package io.patop.command;

import io.patop.cluster.Member;
import io.patop.command.shell.Table;
import io.patop.command.shell.TableCell;
import io.patop.haproxy.StatRow;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of HAProxies as tables: some columns for people, all of them for programs. */
final class ProxyTable {

    /** The columns for people: hatop's sets, by HAProxy's own names. */
    enum Columns {
        STATUS(
                "weight",
                "check_status",
                "check_code",
                "check_duration",
                "lastchg",
                "qcur",
                "scur",
                "smax",
                "slim",
                "stot"),
        TRAFFIC("weight", "lbtot", "rate", "rate_lim", "rate_max", "bin", "bout"),
        HTTP(
                "req_rate",
                "req_rate_max",
                "req_tot",
                "hrsp_1xx",
                "hrsp_2xx",
                "hrsp_3xx",
                "hrsp_4xx",
                "hrsp_5xx",
                "hrsp_other"),
        ERRORS(
                "check_status",
                "chkfail",
                "chkdown",
                "lastchg",
                "econ",
                "ereq",
                "eresp",
                "dreq",
                "dresp",
                "wretr",
                "wredis",
                "downtime");

        @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
        private final List<String> fields;

        Columns(String... fields) {
            this.fields = List.of(fields);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> WORDS =
            Set.of("haproxy", "pxname", "svname", "status", "check_status", "member", "role", "agreement");

    /**
     * A row of the table.
     *
     * @param proxy the proxy that the row is from
     * @param row what HAProxy tells
     */
    record Line(WatchedProxy proxy, StatRow row) {}

    private final Dashboard dashboard;
    private final List<Line> lines;

    ProxyTable(Dashboard dashboard, List<Line> lines) {
        this.dashboard = dashboard;
        this.lines = List.copyOf(lines);
    }

    /** Returns the table for people. */
    Table some(Columns set) {
        List<String> names = new ArrayList<>(List.of("pxname", "svname", "status", "member", "role", "agreement"));
        if (dashboard.proxies().size() > 1) {
            names.add(0, "haproxy");
        }
        names.addAll(set.fields);
        return table(names);
    }

    /** Returns the table for programs: every column that any of the proxies tells, and those that patop adds. */
    Table all() {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> names.addAll(line.row().fields().keySet()));
        List<String> added = List.of("haproxy", "member", "role", "agreement");
        names.removeAll(added);
        names.addAll(added);
        return table(List.copyOf(names));
    }

    private Table table(List<String> names) {
        return new Table(
                Optional.empty(),
                names.stream()
                        .map(name -> Table.Column.of(
                                name, WORDS.contains(name) ? Table.Alignment.LEFT : Table.Alignment.RIGHT))
                        .toList(),
                lines.stream()
                        .map(line ->
                                names.stream().map(name -> cell(line, name)).toList())
                        .toList());
    }

    private TableCell cell(Line line, String name) {
        Optional<MatchedServer> server = line.proxy().server(line.row().key());
        Optional<String> member = server.flatMap(MatchedServer::member);
        return switch (name) {
            case "haproxy" -> TableCell.text(line.proxy().name());
            case "member" -> member.map(TableCell::text).orElse(TableCell.EMPTY);
            case "role" ->
                member.flatMap(dashboard::member)
                        .flatMap(known -> known.listed().map(Member::role))
                        .map(role -> TableCell.text(role.word()))
                        .orElse(TableCell.EMPTY);
            case "agreement" ->
                server.map(known -> TableCell.text(line.proxy()
                                .agreement(known, dashboard.leadership())
                                .text()))
                        .orElse(TableCell.EMPTY);
            default ->
                line.row()
                        .number(name)
                        .map(TableCell::number)
                        .orElseGet(() -> TableCell.text(line.row().text(name)));
        };
    }

    /** Returns the fields of the HAProxy process. */
    static Table process(WatchedProxy proxy) {
        Map<String, String> fields =
                proxy.status().view().flatMap(view -> view.info()).orElseThrow().fields();
        return new Table(
                Optional.empty(),
                List.of(Table.Column.of("Name", Table.Alignment.LEFT), Table.Column.of("Value", Table.Alignment.LEFT)),
                fields.entrySet().stream()
                        .map(field -> List.of(TableCell.text(field.getKey()), TableCell.text(field.getValue())))
                        .toList());
    }
}
