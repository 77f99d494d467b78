package io.patop.watch.rules;

import io.patop.cluster.Member;
import io.patop.haproxy.Condition;
import io.patop.haproxy.ProxyView;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.ServerState;
import io.patop.haproxy.StatRow;
import io.patop.watch.model.BackendPurpose;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds which member a server of HAProxy leads to, and which members a backend serves. */
final class ProxyMatching {

    private ProxyMatching() {}

    /** The members by the host, and by the host and port, that they published. */
    private record Addresses(Map<String, List<String>> byHost, Map<String, String> byPlace) {

        static Addresses of(List<WatchedMember> members) {
            Addresses all = new Addresses(new HashMap<>(), new HashMap<>());
            for (WatchedMember member : members) {
                member.listed().flatMap(Member::address).ifPresent(address -> {
                    all.byHost
                            .computeIfAbsent(address.host(), none -> new ArrayList<>())
                            .add(member.name());
                    all.byPlace.putIfAbsent(address.host() + ' ' + address.port(), member.name());
                });
            }
            return all;
        }
    }

    /** The proxy with its servers matched again and its backends' purposes updated. */
    static WatchedProxy match(DashboardBuilder draft, WatchedProxy proxy) {
        Optional<ProxyView> view = proxy.status().view();
        if (view.isEmpty()) {
            return proxy;
        }
        List<MatchedServer> servers = servers(draft, view.get());
        Map<String, BackendPurpose> purposes = new HashMap<>();
        MatchedServer.byBackend(servers)
                .forEach((backend, here) -> Optional.ofNullable(proxy.purposes().get(backend))
                        .or(() -> shown(draft, here))
                        .or(() -> BackendPurpose.named(backend))
                        .ifPresent(purpose -> purposes.put(backend, purpose)));
        return proxy.withServers(servers, purposes);
    }

    private static List<MatchedServer> servers(DashboardBuilder draft, ProxyView view) {
        Addresses addresses = Addresses.of(draft.members());
        Map<String, ServerState> states = new HashMap<>();
        view.states().forEach(state -> states.putIfAbsent(state.key(), state));
        return view.rows().stream()
                .filter(row -> row.kind() == RowKind.SERVER)
                .map(row -> new MatchedServer(
                        row, member(draft, row, Optional.ofNullable(states.get(row.key())), addresses)))
                .toList();
    }

    /**
     * The member of a server: by the server's name, which usually is the member's; else by host and port; else by the
     * host's name.
     */
    private static Optional<String> member(
            DashboardBuilder draft, StatRow row, Optional<ServerState> state, Addresses addresses) {
        if (draft.known(row.service()).isPresent()) {
            return Optional.of(row.service());
        }
        List<String> hosts = Stream.of(
                        row.host(), state.flatMap(ServerState::address), state.flatMap(ServerState::hostName))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        String port = row.text("addr").replaceAll(".*:", "");
        List<String> names = hosts.stream()
                .flatMap(host -> addresses.byHost().getOrDefault(host, List.of()).stream())
                .limit(2)
                .toList();
        if (names.size() == 1) {
            return Optional.of(names.get(0));
        }
        return hosts.stream()
                .flatMap(host -> Optional.ofNullable(addresses.byPlace().get(host + ' ' + port)).stream())
                .min(Comparator.naturalOrder())
                .or(() -> hosts.stream()
                        .filter(host -> draft.known(host).isPresent())
                        .findFirst());
    }

    /**
     * The purpose that the checks show while nothing happens: only the leader is up, or only others are. It is kept
     * once known, so that a later contradiction is seen as one. Servers that a person took out do not count.
     */
    private static Optional<BackendPurpose> shown(DashboardBuilder draft, List<MatchedServer> servers) {
        Optional<String> leader = draft.leadership.present();
        boolean calm = draft.failover.isEmpty()
                && !draft.leadership.promotionDue()
                && draft.leadership.rivals().isEmpty();
        if (leader.isEmpty() || !calm) {
            return Optional.empty();
        }
        List<MatchedServer> here =
                servers.stream().filter(server -> server.member().isPresent()).toList();
        boolean leaderUp = here.stream().anyMatch(server -> server.isUp() && server.leadsTo(leader.get()));
        boolean leaderDown = here.stream().anyMatch(server -> isDown(server) && server.leadsTo(leader.get()));
        boolean othersUp = here.stream().anyMatch(server -> server.isUp() && !server.leadsTo(leader.get()));
        boolean othersDown = here.stream().anyMatch(server -> isDown(server) && !server.leadsTo(leader.get()));
        if (leaderUp && !othersUp && othersDown) {
            return Optional.of(BackendPurpose.LEADER);
        }
        return leaderDown && othersUp ? Optional.of(BackendPurpose.REPLICAS) : Optional.empty();
    }

    private static boolean isDown(MatchedServer server) {
        return server.row().condition() == Condition.DOWN;
    }
}
