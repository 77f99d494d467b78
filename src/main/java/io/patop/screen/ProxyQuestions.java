package io.patop.screen;

import io.patop.haproxy.RowKind;
import io.patop.haproxy.StatRow;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains what a command to HAProxy will do before it is confirmed. */
final class ProxyQuestions {

    private ProxyQuestions() {}

    static List<String> lines(Action.OnProxy action, Dashboard dashboard) {
        List<String> lines = new ArrayList<>();
        lines.add("To HAProxy " + action.proxy() + ":");
        lines.add("  " + action.command().text());
        lines.add("");
        Optional<WatchedProxy> proxy = Optional.ofNullable(dashboard.proxies().get(action.proxy()));
        String text = " " + action.command().text().replace(';', ' ') + " ";
        boolean away = text.contains(" disable ")
                || text.contains(" state maint ")
                || text.contains(" state drain ")
                || text.contains(" shutdown ");
        List<MatchedServer> named = proxy.stream()
                .flatMap(known -> known.servers().stream())
                .filter(server -> text.contains(" " + server.row().key() + " "))
                .toList();
        for (MatchedServer server : named) {
            if (away && server.isUp() && isOnlyOne(proxy.orElseThrow(), server.row())) {
                lines.add("No other server of " + server.row().proxy() + " is UP: its clients get no connection.");
            }
        }
        action.member()
                .filter(member ->
                        dashboard.leadership().present().filter(member::equals).isPresent())
                .ifPresent(member -> lines.add(member + " is the LEADER of cluster "
                        + dashboard.identity().scope().orElse("this cluster") + "."));
        if (text.contains(" clear counters ")) {
            lines.add("Sums and maxima begin again for everybody who reads them.");
        }
        return lines;
    }

    private static boolean isOnlyOne(WatchedProxy proxy, StatRow row) {
        return proxy.servers().stream()
                        .filter(server -> server.row().kind() == RowKind.SERVER)
                        .filter(server -> server.row().proxy().equals(row.proxy()))
                        .filter(MatchedServer::isUp)
                        .count()
                == 1;
    }
}
