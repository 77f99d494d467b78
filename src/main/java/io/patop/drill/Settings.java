package io.patop.drill;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.NodeStatus;
import io.patop.text.ByteText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The settings that a failover depends on, as they were when the drill started.
 *
 * @param ttl the leader key's lifetime
 * @param loopWait the time between two runs of the HA loop
 * @param retryTimeout the time for retries of the DCS and PostgreSQL
 * @param maximumLagOnFailover in bytes
 * @param synchronousMode {@code off}, {@code on}, {@code strict} or {@code quorum}
 * @param members the cluster's members
 * @param patroni the versions that its nodes told
 * @param postgres the versions that its nodes told
 */
public record Settings(
        Duration ttl,
        Duration loopWait,
        Duration retryTimeout,
        long maximumLagOnFailover,
        String synchronousMode,
        List<String> members,
        List<String> patroni,
        List<String> postgres) {

    public Settings {
        members = List.copyOf(members);
        patroni = List.copyOf(patroni);
        postgres = List.copyOf(postgres);
    }

    /** The settings of the cluster that the dashboard shows. */
    public static Settings of(Dashboard dashboard) {
        DynamicConfig config = dashboard.config().orElse(new DynamicConfig(java.util.Map.of()));
        Collection<WatchedMember> members = dashboard.members().values();
        return new Settings(
                config.ttl(),
                config.loopWait(),
                config.retryTimeout(),
                config.maximumLagOnFailover(),
                synchronousMode(config),
                List.copyOf(Readiness.members(dashboard)),
                versions(members, NodeStatus::patroniVersion),
                versions(members, status -> status.postgresVersion().map(Object::toString)));
    }

    private static String synchronousMode(DynamicConfig config) {
        Object mode = config.tree().get("synchronous_mode");
        if ("quorum".equals(mode)) {
            return "quorum";
        }
        if (!Boolean.TRUE.equals(mode) && !"on".equals(mode)) {
            return "off";
        }
        return Boolean.TRUE.equals(config.tree().get("synchronous_mode_strict")) ? "strict" : "on";
    }

    private static List<String> versions(
            Collection<WatchedMember> members, Function<NodeStatus, Optional<String>> version) {
        NavigableSet<String> versions = new TreeSet<>();
        members.stream().flatMap(member -> member.api().lastStatus().stream()).forEach(status -> version.apply(status)
                .ifPresent(versions::add));
        return List.copyOf(versions);
    }

    /** All settings as text: {@code ttl 30 s, loop_wait 10 s, …}. */
    public String text() {
        return timing() + ", " + safety();
    }

    /** The times as text: {@code ttl 30 s, loop_wait 10 s, retry_timeout 10 s}. */
    public String timing() {
        return "ttl " + ttl.toSeconds() + " s, loop_wait " + loopWait.toSeconds() + " s, retry_timeout "
                + retryTimeout.toSeconds() + " s";
    }

    /** The limits as text: {@code maximum_lag_on_failover 1.0 MB, synchronous_mode strict}. */
    public String safety() {
        return "maximum_lag_on_failover " + ByteText.text(maximumLagOnFailover) + ", synchronous_mode "
                + synchronousMode;
    }

    /** The versions as text: {@code Patroni 3.0.2, PostgreSQL 15.13}. */
    public String versions() {
        return "Patroni " + known(patroni) + ", PostgreSQL " + known(postgres);
    }

    private static String known(List<String> versions) {
        return versions.isEmpty() ? "of unknown version" : String.join("/", versions);
    }
}
