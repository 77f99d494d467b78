package io.patop.haproxy;

import java.util.List;
import java.util.Optional;

/**
 * What one HAProxy tells at one moment.
 *
 * @param rows the statistics, in HAProxy's own order
 * @param info the process, if a socket tells it
 * @param states the servers' states, if a socket tells them
 * @param level what the socket permits
 */
public record ProxyView(List<StatRow> rows, Optional<ProcessInfo> info, List<ServerState> states, AdminLevel level) {

    public ProxyView {
        rows = List.copyOf(rows);
        states = List.copyOf(states);
    }

    /** Returns the line with this key. */
    public Optional<StatRow> row(String key) {
        return rows.stream().filter(row -> row.key().equals(key)).findFirst();
    }

    /** Returns the state of the server with this key. */
    public Optional<ServerState> state(String key) {
        return states.stream().filter(state -> state.key().equals(key)).findFirst();
    }
}
