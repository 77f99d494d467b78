package io.patop.watch.model;

import io.patop.haproxy.Condition;
import io.patop.haproxy.StatRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server of HAProxy with the member that it leads to.
 *
 * @param row what HAProxy tells of the server
 * @param member the member, if it is known
 */
public record MatchedServer(StatRow row, Optional<String> member) {

    /** The servers by backend, in their order. */
    public static Map<String, List<MatchedServer>> byBackend(List<MatchedServer> servers) {
        return servers.stream()
                .collect(
                        Collectors.groupingBy(server -> server.row().proxy(), LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether new sessions may go to the server. */
    public boolean isUp() {
        return row.condition() == Condition.UP;
    }

    public boolean leadsTo(String name) {
        return member.filter(name::equals).isPresent();
    }
}
