package io.patop.haproxy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one HAProxy tells at one moment.
 *
 * @param rows its statistics, in its own order
 * @param info the process, where a socket tells it
 * @param states of the servers, where a socket tells them
 * @param level what may be done from here
 */
public record ProxyView(List<StatRow> rows, Optional<ProcessInfo> info, List<ServerState> states, AdminLevel level) {

    /** Copies the lists. */
    public ProxyView {
        rows = List.copyOf(rows);
        Objects.requireNonNull(info, "info");
        states = List.copyOf(states);
        Objects.requireNonNull(level, "level");
    }

    /** The line of that key. */
    public Optional<StatRow> row(String key) {
        return rows.stream().filter(row -> row.key().equals(key)).findFirst();
    }

    /** The state of that server. */
    public Optional<ServerState> state(String key) {
        return states.stream().filter(state -> state.key().equals(key)).findFirst();
    }
}
