package io.patop.watch.rules;

import io.patop.haproxy.StatRow;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Disagreement;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProxyAgreement;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares HAProxy with Patroni: whether sessions for the leader go to the leader, since when they do not, and how
 * long the proxy took to follow a new one. It runs after each observation, since both sides change.
 */
final class ProxyJudgement {

    /** Longest contradiction that is normal and no event: HAProxy checks every second or two. */
    private static final Duration ORDINARY = Duration.ofSeconds(3);

    private ProxyJudgement() {}

    static void apply(DashboardBuilder draft) {
        for (WatchedProxy proxy : draft.proxies()) {
            if (proxy.answers()) {
                follow(draft, proxy);
                compare(draft, draft.proxy(proxy.name()));
            }
        }
    }

    /** Matches the servers to members again, after members were listed or have moved. */
    static void membersListed(DashboardBuilder draft) {
        for (WatchedProxy proxy : draft.proxies()) {
            draft.put(ProxyMatching.match(draft, proxy));
        }
    }

    /** Whether any proxy that answers serves the leader. Only then does a failover wait for proxies. */
    static boolean isWatched(DashboardBuilder draft) {
        return draft.proxies().stream().anyMatch(ProxyJudgement::counts);
    }

    /** How new the oldest word of the proxies that serve the leader is; empty if none does. */
    static Optional<Instant> toldAt(DashboardBuilder draft) {
        return draft.proxies().stream()
                .filter(ProxyJudgement::counts)
                .flatMap(proxy -> proxy.status().lastAnswer().stream())
                .map(last -> last.askedAt())
                .min(Comparator.naturalOrder());
    }

    /** Whether all proxies that serve the leader send its sessions to that member, and nowhere else. */
    static boolean allRouteTo(DashboardBuilder draft, String member) {
        return isWatched(draft)
                && draft.proxies().stream().filter(ProxyJudgement::counts).allMatch(proxy -> proxy.routesTo()
                        .filter(member::equals)
                        .isPresent());
    }

    private static boolean counts(WatchedProxy proxy) {
        return proxy.answers() && proxy.servesLeader();
    }

    private static void follow(DashboardBuilder draft, WatchedProxy proxy) {
        List<String> up = proxy.servers().stream()
                .filter(proxy::servesLeader)
                .filter(MatchedServer::isUp)
                .map(server -> server.member().orElse("server " + server.row().key()))
                .distinct()
                .toList();
        Optional<String> route = up.size() == 1 ? Optional.of(up.get(0)) : Optional.empty();
        if (route.equals(proxy.routesTo())) {
            return;
        }
        draft.put(proxy.withRoute(route));
        boolean followed = route.isPresent()
                && route.equals(draft.leadership.present())
                && draft.failover.flatMap(Failover::newLeader).equals(route)
                && !draft.failover
                        .map(running -> running.reached().containsKey(Phase.PROXY_ROUTES))
                        .orElse(false);
        if (followed) {
            draft.event(new Event(
                    draft.at,
                    Event.Kind.PROXY_FOLLOWED,
                    route,
                    ProxyRules.named(draft, proxy) + " routes to the new leader " + route.get(),
                    draft.failover.flatMap(running -> sinceNewLeader(draft, running))));
        }
    }

    /** The time from the change of leader to now, where the proxy was last seen not to follow before. */
    private static Optional<MeasuredDuration> sinceNewLeader(DashboardBuilder draft, Failover running) {
        return running.bounds(Phase.NEW_LEADER)
                .map(changed -> MeasuredDuration.between(
                        changed,
                        new TimeBounds(
                                running.notYet().getOrDefault(Phase.PROXY_ROUTES, changed.notBefore()), draft.at)));
    }

    private static void compare(DashboardBuilder draft, WatchedProxy proxy) {
        Map<List<String>, Disagreement> before = new HashMap<>();
        proxy.disagreements().forEach(old -> before.put(key(old), old));
        List<Disagreement> now = new ArrayList<>();
        Set<List<String>> left = new HashSet<>();
        for (Disagreement found : found(draft, proxy)) {
            left.add(key(found));
            now.add(told(draft, proxy, before.getOrDefault(key(found), found)));
        }
        for (Disagreement old : proxy.disagreements()) {
            if (old.told() && !left.contains(key(old))) {
                draft.event(
                        Event.Kind.PROXY_AGREES,
                        Optional.empty(),
                        ProxyRules.named(draft, proxy) + " and Patroni agree again on " + old.backend() + " (it was: "
                                + old.what() + ")",
                        Optional.of(Duration.between(old.since(), draft.at)));
            }
        }
        draft.put(proxy.withDisagreements(now));
    }

    /** What identifies a contradiction from one observation to the next. */
    private static List<String> key(Disagreement one) {
        return List.of(one.backend(), one.what());
    }

    private static Disagreement told(DashboardBuilder draft, WatchedProxy proxy, Disagreement disagreement) {
        boolean lasts = Duration.between(disagreement.since(), draft.at).compareTo(ORDINARY) >= 0;
        if (disagreement.told() || !lasts) {
            return disagreement;
        }
        draft.event(
                Event.Kind.PROXY_DISAGREES,
                ProxyRules.named(draft, proxy) + " disagrees with Patroni on " + disagreement.backend() + ": "
                        + disagreement.what());
        return new Disagreement(disagreement.backend(), disagreement.what(), disagreement.since(), true);
    }

    private static List<Disagreement> found(DashboardBuilder draft, WatchedProxy proxy) {
        List<Disagreement> found = new ArrayList<>();
        List<MatchedServer> servers =
                proxy.servers().stream().filter(proxy::servesLeader).toList();
        MatchedServer.byBackend(servers).forEach((backend, here) -> {
            List<MatchedServer> up = here.stream().filter(MatchedServer::isUp).toList();
            if (up.size() > 1) {
                found.add(new Disagreement(backend, "two servers are UP: " + names(up), draft.at, false));
            }
            for (MatchedServer server : here) {
                ProxyAgreement agreement = proxy.agreement(server, draft.leadership);
                if (agreement.isContradiction()) {
                    found.add(new Disagreement(backend, text(server, agreement), draft.at, false));
                }
            }
        });
        return found;
    }

    private static String names(List<MatchedServer> servers) {
        return servers.stream().map(server -> server.row().service()).collect(Collectors.joining(" and "));
    }

    private static String text(MatchedServer server, ProxyAgreement agreement) {
        StatRow row = server.row();
        return agreement == ProxyAgreement.LEADER_NOT_UP
                ? server.member().orElseThrow() + " leads, and its server " + row.service() + " is " + row.status()
                : "server " + row.service() + " is " + row.status() + ", and "
                        + server.member().orElseThrow() + " does not lead";
    }
}
