package io.patop.watch.bill;

import io.patop.cluster.DynamicConfig;
import io.patop.haproxy.StatRow;
import io.patop.probe.Pooler;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings that decide how long a failover takes.
 *
 * @param ttl how long the leader key lives without being renewed
 * @param loopWait how often the leader renews it
 * @param retryTimeout how long Patroni retries the DCS
 * @param primaryStartTimeout how long a crashed leader may take to start before it is replaced
 * @param failsafe whether failsafe_mode is on, so that an outage of the DCS alone demotes nobody
 * @param checks the checks of the HAProxy before the leader; empty if none is watched
 * @param pooler the pooler through which the write probe writes; empty if none is known
 */
public record FailoverTiming(
        Duration ttl,
        Duration loopWait,
        Duration retryTimeout,
        Duration primaryStartTimeout,
        boolean failsafe,
        Optional<ProxyChecks> checks,
        Optional<Pooler> pooler) {

    /**
     * The checks by which HAProxy finds the leader, as its statistics tell them. They do not tell {@code inter}.
     *
     * @param rise good checks until a server is up; empty if it is not told
     * @param fall bad checks until a server is down; empty if it is not told
     */
    public record ProxyChecks(Optional<Long> rise, Optional<Long> fall) {}

    /** The settings that the dashboard shows. */
    public static FailoverTiming of(DynamicConfig config, Dashboard dashboard) {
        return of(config, dashboard.proxies().values(), dashboard.probe());
    }

    /** The settings of a cluster, of the proxies before it, and of the way that the probe takes. */
    public static FailoverTiming of(
            DynamicConfig config, Collection<WatchedProxy> proxies, Optional<ProbeStatus> probe) {
        List<StatRow> rows = proxies.stream()
                .filter(WatchedProxy::answers)
                .flatMap(proxy -> proxy.servers().stream().filter(proxy::servesLeader))
                .map(MatchedServer::row)
                .toList();
        Optional<ProxyChecks> checks = rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProxyChecks(
                        most(rows, row -> row.number("check_rise")), most(rows, row -> row.number("check_fall"))));
        return new FailoverTiming(
                config.ttl(),
                config.loopWait(),
                config.retryTimeout(),
                config.primaryStartTimeout(),
                config.failsafe(),
                checks,
                probe.flatMap(status -> status.target().pooler()));
    }

    private static Optional<Long> most(List<StatRow> rows, Function<StatRow, Optional<Long>> column) {
        return rows.stream().flatMap(row -> column.apply(row).stream()).max(Long::compare);
    }

    /** The time from a leader's death until its key expires, on average over the time since the last renewal. */
    Duration meanExpiry() {
        return ttl.minus(loopWait.dividedBy(2));
    }
}
