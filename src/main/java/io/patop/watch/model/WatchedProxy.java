package io.patop.watch.model;

import io.patop.haproxy.AdminLevel;
import io.patop.haproxy.ProxyView;
import io.patop.haproxy.StatRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything known of one HAProxy.
 *
 * @param name how it is asked, without passwords
 * @param status its state, and what it told last
 * @param servers of all its backends, each with its member
 * @param flows the traffic, by {@link StatRow#key}
 * @param purposes the known purposes of its backends, by the backends' names
 * @param routesTo the only member that sessions for the leader go to; empty if there is none, or several
 * @param disagreements the present contradictions to Patroni
 * @param replies to commands from here, oldest first, at most {@link #REPLIES}
 */
public record WatchedProxy(
        String name,
        ProxyStatus status,
        List<MatchedServer> servers,
        Map<String, TrafficRates> flows,
        Map<String, BackendPurpose> purposes,
        Optional<String> routesTo,
        List<Disagreement> disagreements,
        List<ProxyReply> replies) {

    /** How many replies are kept. */
    public static final int REPLIES = 50;

    public WatchedProxy {
        servers = List.copyOf(servers);
        flows = Map.copyOf(flows);
        purposes = Map.copyOf(purposes);
        disagreements = List.copyOf(disagreements);
        replies = List.copyOf(replies);
    }

    public static WatchedProxy unknown(String name) {
        return new WatchedProxy(
                name, new ProxyStatus.Unasked(), List.of(), Map.of(), Map.of(), Optional.empty(), List.of(), List.of());
    }

    /** Whether the HAProxy answers. */
    public boolean answers() {
        return status instanceof ProxyStatus.Answering;
    }

    /** What patop may do to the HAProxy. */
    public AdminLevel level() {
        return status.view().map(ProxyView::level).orElse(AdminLevel.UNKNOWN);
    }

    /** The server of that key, with its member. */
    public Optional<MatchedServer> server(String key) {
        return servers.stream().filter(server -> server.row().key().equals(key)).findFirst();
    }

    /** Whether one of the backends is known to serve the leader. */
    public boolean servesLeader() {
        return servers.stream().anyMatch(this::servesLeader);
    }

    /** Whether the server is in a backend that serves the leader. */
    public boolean servesLeader(MatchedServer server) {
        return purposes.get(server.row().proxy()) == BackendPurpose.LEADER;
    }

    /** Whether HAProxy and Patroni agree on that server. */
    public ProxyAgreement agreement(MatchedServer server, Leadership leadership) {
        Optional<String> leader = leadership.present();
        BackendPurpose purpose = purposes.get(server.row().proxy());
        if (!answers() || purpose == null || server.member().isEmpty() || leader.isEmpty()) {
            return ProxyAgreement.NOT_JUDGED;
        }
        boolean leads = server.leadsTo(leader.get());
        if (purpose == BackendPurpose.REPLICAS) {
            return leads == server.isUp() ? ProxyAgreement.NOT_JUDGED : ProxyAgreement.AGREED;
        }
        if (leads) {
            return server.isUp() ? ProxyAgreement.AGREED : ProxyAgreement.LEADER_NOT_UP;
        }
        return server.isUp() ? ProxyAgreement.UP_AND_NO_LEADER : ProxyAgreement.AGREED;
    }

    public WatchedProxy withStatus(ProxyStatus now) {
        return new WatchedProxy(name, now, servers, flows, purposes, routesTo, disagreements, replies);
    }

    public WatchedProxy withServers(List<MatchedServer> matched, Map<String, BackendPurpose> learned) {
        return new WatchedProxy(name, status, matched, flows, learned, routesTo, disagreements, replies);
    }

    public WatchedProxy withFlows(Map<String, TrafficRates> now) {
        return new WatchedProxy(name, status, servers, now, purposes, routesTo, disagreements, replies);
    }

    public WatchedProxy withRoute(Optional<String> member) {
        return new WatchedProxy(name, status, servers, flows, purposes, member, disagreements, replies);
    }

    public WatchedProxy withDisagreements(List<Disagreement> now) {
        return new WatchedProxy(name, status, servers, flows, purposes, routesTo, now, replies);
    }

    public WatchedProxy withReplies(List<ProxyReply> now) {
        return new WatchedProxy(name, status, servers, flows, purposes, routesTo, disagreements, now);
    }
}
