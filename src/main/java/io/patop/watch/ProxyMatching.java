package io.patop.watch;

import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.haproxy.Condition;
import io.patop.haproxy.ProxyView;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.ServerState;
import io.patop.haproxy.StatRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which member a server of HAProxy leads to, and whom a backend serves. */
final class ProxyMatching {

    private ProxyMatching() {}

    /** The proxy with its servers matched anew, and with what its backends have shown by now. */
    static WatchedProxy match(Draft draft, WatchedProxy proxy) {
        Optional<ProxyView> view = proxy.status().view();
        if (view.isEmpty()) {
            return proxy;
        }
        List<MatchedServer> servers = new ArrayList<>();
        Set<String> backends = new LinkedHashSet<>();
        for (StatRow row : view.get().rows()) {
            if (row.kind() == RowKind.SERVER) {
                servers.add(new MatchedServer(row, member(draft, view.get(), row)));
                backends.add(row.proxy());
            }
        }
        Map<String, Purpose> purposes = new HashMap<>();
        for (String backend : backends) {
            Optional.ofNullable(proxy.purposes().get(backend))
                    .or(() -> shown(draft, servers, backend))
                    .or(() -> Purpose.named(backend))
                    .ifPresent(purpose -> purposes.put(backend, purpose));
        }
        return proxy.withServers(servers, purposes);
    }

    /** By the server's name, which is most often the member's; else by host and port; else by the host's name. */
    private static Optional<String> member(Draft draft, ProxyView view, StatRow row) {
        if (draft.known(row.service()).isPresent()) {
            return Optional.of(row.service());
        }
        Optional<ServerState> state = view.state(row.key());
        List<String> hosts = Stream.of(
                        row.host(), state.flatMap(ServerState::address), state.flatMap(ServerState::hostName))
                .flatMap(Optional::stream)
                .toList();
        String port = row.text("addr").replaceAll(".*:", "");
        List<String> atHost = draft.members().stream()
                .filter(member -> member.listed()
                        .flatMap(Member::address)
                        .map(PostgresAddress::host)
                        .filter(hosts::contains)
                        .isPresent())
                .map(WatchedMember::name)
                .toList();
        if (atHost.size() == 1) {
            return Optional.of(atHost.get(0));
        }
        return atHost.stream()
                .filter(name -> draft.known(name)
                        .flatMap(WatchedMember::listed)
                        .flatMap(Member::address)
                        .filter(address -> String.valueOf(address.port()).equals(port))
                        .isPresent())
                .findFirst()
                .or(() -> hosts.stream()
                        .filter(host -> draft.known(host).isPresent())
                        .findFirst());
    }

    /**
     * What the checks let through while nothing happens: the leader and nobody else, or anybody but the leader.
     * Once shown it holds, so that a later contradiction is seen as one. Servers that a person took out tell
     * nothing.
     */
    private static Optional<Purpose> shown(Draft draft, List<MatchedServer> servers, String backend) {
        Optional<String> leader = draft.leadership.present();
        boolean calm = draft.failover.isEmpty()
                && !draft.leadership.promotionDue()
                && draft.leadership.rivals().isEmpty();
        if (leader.isEmpty() || !calm) {
            return Optional.empty();
        }
        List<MatchedServer> here = servers.stream()
                .filter(server -> server.row().proxy().equals(backend))
                .filter(server -> server.member().isPresent())
                .toList();
        boolean leaderUp = here.stream().anyMatch(server -> server.isUp() && server.leadsTo(leader.get()));
        boolean leaderDown = here.stream().anyMatch(server -> isDown(server) && server.leadsTo(leader.get()));
        boolean othersUp = here.stream().anyMatch(server -> server.isUp() && !server.leadsTo(leader.get()));
        boolean othersDown = here.stream().anyMatch(server -> isDown(server) && !server.leadsTo(leader.get()));
        if (leaderUp && !othersUp && othersDown) {
            return Optional.of(Purpose.LEADER);
        }
        return leaderDown && othersUp ? Optional.of(Purpose.REPLICAS) : Optional.empty();
    }

    private static boolean isDown(MatchedServer server) {
        return server.row().condition() == Condition.DOWN;
    }
}
