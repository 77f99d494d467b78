package io.patop.watch.rules;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Timeline;
import io.patop.text.ByteText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who can take over from the leader, and why each other cannot: what Patroni itself looks at before a switchover
 * or failover (api.is_failover_possible and ha.is_failover_possible of 3.0.2, the same in 4.1), told beforehand
 * and for each member, where Patroni only says "no good candidates have been found". Pure: it asks nobody.
 *
 * @param leader who leads, if anybody does
 * @param prospects each other member, in Patroni's order
 */
public record Succession(Optional<String> leader, List<Prospect> prospects) {

    /** What is wanted: the rules of synchronous replication bind a switchover only. */
    public enum Change {
        /** The leader hands over. */
        SWITCHOVER("switchover"),
        /** Whoever leads is replaced. */
        FAILOVER("failover");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        /** Patroni's word. */
        public String word() {
            return word;
        }
    }

    /** What may stand in a member's way. */
    public enum Obstacle {
        /** Its REST API does not answer; Patroni asks each candidate. */
        SILENT,
        /** Its owner tagged it so, with {@code nofailover} or {@code failover_priority: 0}. */
        NOFAILOVER,
        /** Its PostgreSQL does not run. */
        NOT_RUNNING,
        /** It is on an older timeline than the leader. */
        TIMELINE,
        /** It lacks more than maximum_lag_on_failover. */
        LAG,
        /** It has published no position. */
        LAG_UNKNOWN,
        /** Commits wait for another, which alone is sure to have them all. */
        NOT_SYNC,
        /** Its watchdog is required and could not be armed. */
        WATCHDOG,
        /** A failover to it does not mind that commits waited for another: what was acknowledged may be lost. */
        ASYNCHRONOUS,
        /** It runs but does not stream. Patroni does not mind that; WAL that the leader writes last may be lost. */
        NOT_STREAMING
    }

    /**
     * One reason, with its figures.
     *
     * @param obstacle what it is
     * @param words for a person, as in "patroni3 cannot: …"
     */
    public record Reason(Obstacle obstacle, String words) {
        /** Whether Patroni refuses the member for it. */
        public boolean isDecisive() {
            return obstacle != Obstacle.NOT_STREAMING && obstacle != Obstacle.ASYNCHRONOUS;
        }
    }

    /**
     * One member that might lead.
     *
     * @param member its name
     * @param lag how far it is behind, as far as is known
     * @param reasons against it; none means that nothing is known against it
     */
    public record Prospect(String member, Lag lag, List<Reason> reasons) {
        /** Copies the list. */
        public Prospect {
            reasons = List.copyOf(reasons);
        }

        /** Whether Patroni would let it lead, by all that is known. */
        public boolean canTakeOver() {
            return reasons.stream().noneMatch(Reason::isDecisive);
        }

        /** A line: {@code can take over, 0 B behind}, or {@code cannot: nofailover is set; …}. */
        public String text() {
            List<String> against = reasons.stream()
                    .filter(reason -> reason.isDecisive() || canTakeOver())
                    .map(Reason::words)
                    .toList();
            if (!canTakeOver()) {
                return "cannot: " + String.join("; ", against);
            }
            String behind = lag instanceof Lag.Bytes bytes ? ", " + ByteText.text(bytes.count()) + " behind" : "";
            return "can take over" + behind + (against.isEmpty() ? "" : ", but " + String.join("; ", against));
        }
    }

    /** Copies the list. */
    public Succession {
        prospects = List.copyOf(prospects);
    }

    /**
     * The rule.
     *
     * @param change what is wanted
     * @param view what the DCS holds
     * @param nodes what members say of themselves, by name; those that were not asked are left out
     * @param silent members whose API was asked and does not answer
     * @param config the dynamic configuration, if it was read
     */
    public static Succession of(
            Change change,
            ClusterView view,
            Map<String, NodeStatus> nodes,
            Set<String> silent,
            Optional<DynamicConfig> config) {
        Set<String> receivers = StreamRules.receivers(nodes.values().stream());
        Facts facts = new Facts(change, view.leader(), nodes, silent, receivers, config);
        List<Prospect> prospects = view.members().stream()
                .filter(member -> !member.role().leads())
                .map(facts::prospect)
                .toList();
        return new Succession(view.leader().map(Member::name), prospects);
    }

    /** By what the dashboard knows. */
    public static Succession of(Change change, Dashboard dashboard) {
        Map<String, NodeStatus> nodes = new HashMap<>();
        List<Member> listed = new ArrayList<>();
        Set<String> silent = new HashSet<>();
        dashboard.members().values().stream().filter(WatchedMember::isListed).forEach(member -> {
            member.listed().ifPresent(listed::add);
            member.status().ifPresent(status -> nodes.put(member.name(), status));
            if (member.isSilent()) {
                silent.add(member.name());
            }
        });
        ClusterView view = new ClusterView(
                dashboard.identity().scope(),
                listed,
                dashboard.paused(),
                dashboard.scheduledSwitchover(),
                dashboard.unlisted());
        return of(change, view, nodes, silent, dashboard.config());
    }

    /** The member of that name, unless it leads or there is none. */
    public Optional<Prospect> prospect(String member) {
        return prospects.stream()
                .filter(prospect -> prospect.member().equals(member))
                .findFirst();
    }

    /** The names of those that can. */
    public List<String> able() {
        return prospects.stream()
                .filter(Prospect::canTakeOver)
                .map(Prospect::member)
                .toList();
    }

    /** What a member is compared with. */
    private record Facts(
            Change change,
            Optional<Member> leader,
            Map<String, NodeStatus> nodes,
            Set<String> silent,
            Set<String> receivers,
            Optional<DynamicConfig> config) {

        Prospect prospect(Member member) {
            List<Reason> reasons = new ArrayList<>();
            if (silent.contains(member.name())) {
                reasons.add(new Reason(Obstacle.SILENT, "its REST API does not answer"));
            }
            untagged(member, reasons);
            if (!isRunning(member)) {
                reasons.add(new Reason(Obstacle.NOT_RUNNING, "its PostgreSQL does not run (" + state(member) + ")"));
            } else {
                inStep(member, reasons);
            }
            if (isSynchronous() && !member.role().isSynchronous()) {
                // Patroni switches over to no such member; a failover to it, which does not mind, costs the same.
                reasons.add(new Reason(
                        change == Change.SWITCHOVER ? Obstacle.NOT_SYNC : Obstacle.ASYNCHRONOUS,
                        "it is asynchronous: acknowledged writes may be lost"));
            }
            if (node(member).filter(node -> node.flags().watchdogFailed()).isPresent()) {
                reasons.add(new Reason(Obstacle.WATCHDOG, "its watchdog cannot be armed"));
            }
            return new Prospect(member.name(), member.lag(), reasons);
        }

        private Optional<NodeStatus> node(Member member) {
            return Optional.ofNullable(nodes.get(member.name()));
        }

        private void untagged(Member member, List<Reason> reasons) {
            if (member.tags().has("nofailover")) {
                reasons.add(new Reason(Obstacle.NOFAILOVER, "it is tagged nofailover"));
            } else if (member.tags().values().get("failover_priority") instanceof Number priority
                    && priority.longValue() <= 0) {
                reasons.add(new Reason(Obstacle.NOFAILOVER, "its tag failover_priority is " + priority));
            }
        }

        /** The node's own word is newer than the DCS's. */
        private boolean isRunning(Member member) {
            return node(member).map(node -> node.state().isRunning()).orElseGet(() -> member.state()
                    .isRunning());
        }

        private String state(Member member) {
            return node(member).map(node -> node.state().word()).orElseGet(() -> member.state()
                    .word());
        }

        private void inStep(Member member, List<Reason> reasons) {
            Optional<Timeline> leads = leader.flatMap(this::timeline);
            Optional<Timeline> follows = timeline(member);
            if (leads.isPresent() && follows.isPresent() && leads.get().isAfter(follows.get())) {
                reasons.add(new Reason(
                        Obstacle.TIMELINE, "it is on timeline " + follows.get() + ", the leader on " + leads.get()));
            }
            if (member.lag() instanceof Lag.Bytes bytes && DynamicConfig.isTooFarBehind(bytes.count(), config)) {
                reasons.add(new Reason(
                        Obstacle.LAG,
                        "it is " + ByteText.text(bytes.count()) + " behind, more than maximum_lag_on_failover ("
                                + ByteText.text(DynamicConfig.maximumLagOnFailover(config)) + ")"));
            }
            if (member.lag() instanceof Lag.Unknown) {
                reasons.add(new Reason(Obstacle.LAG_UNKNOWN, "nobody knows how far it is behind"));
            }
            if (!isStreaming(member)) {
                reasons.add(new Reason(Obstacle.NOT_STREAMING, "it does not stream"));
            }
        }

        private Optional<Timeline> timeline(Member member) {
            return node(member).flatMap(NodeStatus::timeline).or(member::timeline);
        }

        /** By its own word, or by any other's that sends to it; not known counts as streaming. */
        private boolean isStreaming(Member member) {
            Optional<String> own = node(member).flatMap(NodeStatus::replicationState);
            if (own.isPresent()) {
                return own.get().equals("streaming");
            }
            boolean upstreamAsked = member.tags()
                    .replicateFrom()
                    .or(() -> leader.map(Member::name))
                    .filter(nodes::containsKey)
                    .isPresent();
            return !upstreamAsked || receivers.contains(member.name());
        }

        /** As Patroni sees it (global_config.is_synchronous_mode): never in a standby cluster. */
        private boolean isSynchronous() {
            Object mode =
                    config.map(known -> known.tree().get("synchronous_mode")).orElse(null);
            boolean follows = config.filter(known -> known.tree().get("standby_cluster") instanceof Map<?, ?>)
                    .isPresent();
            return !follows && (Boolean.TRUE.equals(mode) || "quorum".equals(mode) || "on".equals(mode));
        }
    }
}
