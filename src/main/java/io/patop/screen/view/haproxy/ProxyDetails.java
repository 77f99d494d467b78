package io.patop.screen.view.haproxy;

import io.patop.haproxy.ProcessInfo;
import io.patop.haproxy.StatFields;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every field of a row or of the process, by HAProxy's own name and with its meaning. */
final class ProxyDetails {

    private ProxyDetails() {}

    static List<Cell> of(ProxyRow row) {
        List<Cell> lines = new ArrayList<>();
        Optional<MatchedServer> server = row.server();
        server.flatMap(MatchedServer::member).ifPresent(member -> {
            lines.add(new Cell(
                    "leads to member " + member + ": " + row.patroni().text().strip(), Ink.DIALOG));
            lines.add(Cell.EMPTY);
        });
        lines.add(new Cell("show stat", Ink.TITLE));
        fields(lines, row.row().fields());
        row.proxy().status().view().flatMap(view -> view.state(row.key())).ifPresent(state -> {
            lines.add(new Cell("show servers state", Ink.TITLE));
            fields(lines, state.fields());
        });
        return lines;
    }

    static List<Cell> process(WatchedProxy proxy) {
        List<Cell> lines = new ArrayList<>();
        Optional<ProcessInfo> info = proxy.status().view().flatMap(view -> view.info());
        if (info.isEmpty()) {
            lines.add(new Cell("the page tells nothing of the process: a stats socket does (show info)", Ink.STALE));
        }
        info.ifPresent(told -> told.fields()
                .forEach((name, value) -> lines.add(new Cell(String.format("  %-28s %s", name, value), Ink.DIALOG))));
        return lines;
    }

    private static void fields(List<Cell> lines, Map<String, String> fields) {
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                String meaning =
                        StatFields.meaning(name).map(words -> "  " + words).orElse("");
                lines.add(new Cell(
                        "  " + Canvas.padded(name, 15) + " " + Canvas.padded(value, 20) + meaning, Ink.DIALOG));
            }
        });
    }
}
