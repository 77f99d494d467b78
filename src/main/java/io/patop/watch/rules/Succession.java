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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members that can take over from the leader, and for each other one why it cannot. It applies the rules that
 * Patroni checks before a switchover or failover (api.is_failover_possible and ha.is_failover_possible of 3.0.2, the
 * same in 4.1), but beforehand and for each member, where Patroni only says "no good candidates have been found". It
 * asks no node.
 *
 * @param leader the leader, if there is one
 * @param prospects all other members, in Patroni's order
 */
public record Succession(Optional<String> leader, List<Prospect> prospects) {

    /** How many members a reason names. */
    private static final int MOST_NAMED = 3;

    /** The kind of change. Synchronous replication restricts only a switchover. */
    public enum Change {
        /** The leader hands over. */
        SWITCHOVER("switchover"),
        /** The leader is replaced, whether it is there or not. */
        FAILOVER("failover");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        /** Patroni's name of the change. */
        public String word() {
            return word;
        }
    }

    /** The reasons for which a member may be unfit to lead. */
    public enum Obstacle {
        /** The member's REST API does not answer; Patroni asks each candidate. */
        SILENT,
        /** The member's tags exclude it: {@code nofailover} or {@code failover_priority: 0}. */
        NOFAILOVER,
        /** The member's PostgreSQL does not run. */
        NOT_RUNNING,
        /** The member is on an older timeline than the leader. */
        TIMELINE,
        /** The member lags by more than maximum_lag_on_failover. */
        LAG,
        /** The member has published no position. */
        LAG_UNKNOWN,
        /** Commits wait for a synchronous standby, and the member is none, so it may lack some. */
        NOT_SYNC,
        /** The member's watchdog is required and could not be armed. */
        WATCHDOG,
        /**
         * The member is no synchronous standby, and the change is a failover, which ignores that: acknowledged
         * commits may be lost.
         */
        ASYNCHRONOUS,
        /**
         * The member runs but does not stream. Patroni ignores that; the WAL that the leader writes last may be lost.
         */
        NOT_STREAMING
    }

    /**
     * One reason with its numbers.
     *
     * @param obstacle the kind of reason
     * @param words the text for a person, as in "patroni3 cannot: …"
     */
    public record Reason(Obstacle obstacle, String words) {
        /** Whether Patroni refuses the member for this reason. */
        public boolean isDecisive() {
            return obstacle != Obstacle.NOT_STREAMING && obstacle != Obstacle.ASYNCHRONOUS;
        }
    }

    /**
     * A member that might become leader.
     *
     * @param member its name
     * @param lag its lag, as far as known
     * @param reasons the reasons against it; empty if none is known
     */
    public record Prospect(String member, Lag lag, List<Reason> reasons) {
        public Prospect {
            reasons = List.copyOf(reasons);
        }

        /** Whether Patroni would accept the member as leader, by all that is known. */
        public boolean canTakeOver() {
            return reasons.stream().noneMatch(Reason::isDecisive);
        }

        /** The prospect in one line: {@code can take over, 0 B behind}, or {@code cannot: nofailover is set; …}. */
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

    public Succession {
        prospects = List.copyOf(prospects);
    }

    /**
     * Applies the rules.
     *
     * @param change the kind of change
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

    /** Applies the rules to what the dashboard knows. */
    public static Succession of(Change change, Dashboard dashboard) {
        return of(change, dashboard.members().values(), dashboard.config());
    }

    /**
     * The members that could take over if the leader died. Unlike a failover by hand that heeds synchronous replication:
     * only a synchronous standby may take over by itself.
     */
    public static Succession afterDeath(Collection<WatchedMember> members, Optional<DynamicConfig> config) {
        return of(Change.SWITCHOVER, members, config);
    }

    private static Succession of(Change change, Collection<WatchedMember> members, Optional<DynamicConfig> config) {
        Map<String, NodeStatus> nodes = new HashMap<>();
        List<Member> listed = new ArrayList<>();
        Set<String> silent = new HashSet<>();
        members.stream().filter(WatchedMember::isListed).forEach(member -> {
            member.listed().ifPresent(listed::add);
            member.status().ifPresent(status -> nodes.put(member.name(), status));
            if (member.isSilent()) {
                silent.add(member.name());
            }
        });
        ClusterView view = new ClusterView(Optional.empty(), listed, false, Optional.empty(), Optional.empty());
        return of(change, view, nodes, silent, config);
    }

    /** The reason why none can take over, for a person; empty if one can. */
    public Optional<String> nobody() {
        if (!able().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                prospects.isEmpty()
                        ? "there is no other member"
                        : prospects.stream()
                                .limit(MOST_NAMED)
                                .map(prospect -> prospect.member() + " " + prospect.text())
                                .collect(Collectors.joining(", ")));
    }

    /** The prospect of that member; empty if it leads or does not exist. */
    public Optional<Prospect> prospect(String member) {
        return prospects.stream()
                .filter(prospect -> prospect.member().equals(member))
                .findFirst();
    }

    /** The names of the members that can take over. */
    public List<String> able() {
        return prospects.stream()
                .filter(Prospect::canTakeOver)
                .map(Prospect::member)
                .toList();
    }

    /** The values that each member is compared with. */
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
                // Patroni's switchover excludes such a member; a failover to it, which ignores that, may lose commits
                // too.
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

        /** Whether the member's PostgreSQL runs. The node's own word counts first, since it is newer than the DCS. */
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

        /**
         * Whether the member streams, by its own word or by that of any node that sends to it. It counts as streaming
         * if that is not known.
         */
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

        private boolean isSynchronous() {
            return config.filter(DynamicConfig::isSynchronous).isPresent();
        }
    }
}
