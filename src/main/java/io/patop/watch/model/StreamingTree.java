package io.patop.watch.model;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Role;
import io.patop.cluster.Walsender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The tree of who receives WAL from whom. The sender's own {@code /patroni} (its {@code pg_stat_replication}) decides
 * where it answers, then the {@code replicatefrom} tag; any other replica is taken to follow the leader. No member is
 * lost: members that follow each other in a ring come last.
 */
public final class StreamingTree {

    /** The sources for a member's upstream. */
    public enum Source {
        /** The member leads, so it has no upstream here. */
        LEADS,
        /** The sender reports the receiver. */
        TOLD,
        /** The member's tag {@code replicatefrom} names the upstream, and no sender reports another. */
        TAGGED,
        /** The member is a replica, and nothing names its upstream. */
        ASSUMED
    }

    /**
     * A receiver and its place in the tree.
     *
     * @param level 0 for the leader, 1 for its receivers, and so on
     * @param name of the member, or of another receiver such as a backup
     * @param upstream the node that it receives from
     * @param source how the upstream is known
     * @param link what the sender tells of the connection
     * @param member whether it is a member of this cluster
     */
    public record Place(
            int level,
            String name,
            Optional<String> upstream,
            Source source,
            Optional<Walsender> link,
            boolean member) {}

    private record Link(Optional<String> upstream, Source source, Optional<Walsender> told) {}

    private final Dashboard dashboard;
    private final Map<String, Link> toldBy = new HashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, List<String>> receivers = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private StreamingTree(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** The places of all members that are listed or answer, and of all other receivers that senders report. */
    public static List<Place> of(Dashboard dashboard) {
        StreamingTree tree = new StreamingTree(dashboard);
        List<WatchedMember> present = dashboard.members().values().stream()
                .filter(member -> member.isListed() || member.answers())
                .toList();
        tree.listen();
        present.forEach(tree::connect);
        tree.links.forEach((name, link) -> link.upstream().ifPresent(upstream -> tree.receivers
                .computeIfAbsent(upstream, none -> new ArrayList<>())
                .add(name)));
        present.stream().filter(tree::leads).forEach(member -> tree.add(member.name()));
        present.stream()
                .filter(member -> tree.link(member.name()).upstream().isEmpty())
                .forEach(member -> tree.add(member.name()));
        present.forEach(member -> tree.add(member.name()));
        return tree.places;
    }

    /** Notes who sends to whom; of several senders that report a receiver the first by name counts. */
    private void listen() {
        for (WatchedMember sender : dashboard.members().values()) {
            sender.status().map(NodeStatus::replication).orElse(List.of()).forEach(walsender -> {
                if (!walsender.applicationName().equals(sender.name())) {
                    toldBy.putIfAbsent(
                            walsender.applicationName(),
                            new Link(Optional.of(sender.name()), Source.TOLD, Optional.of(walsender)));
                }
            });
        }
    }

    private boolean leads(WatchedMember member) {
        return dashboard.leadership().present().filter(member.name()::equals).isPresent();
    }

    private void connect(WatchedMember member) {
        String name = member.name();
        if (leads(member)) {
            links.put(name, new Link(Optional.empty(), Source.LEADS, Optional.empty()));
            return;
        }
        Link told = toldBy.get(name);
        if (told != null) {
            links.put(name, told);
            return;
        }
        Optional<String> tagged = member.listed()
                .map(Member::tags)
                .flatMap(tags -> tags.replicateFrom())
                .filter(upstream -> !upstream.equals(name) && isReplica(upstream));
        links.put(
                name,
                tagged.isPresent()
                        ? new Link(tagged, Source.TAGGED, Optional.empty())
                        : new Link(dashboard.leadership().present(), Source.ASSUMED, Optional.empty()));
    }

    private boolean isReplica(String name) {
        return dashboard
                .member(name)
                .filter(WatchedMember::isListed)
                .flatMap(WatchedMember::listed)
                .map(Member::role)
                .filter(role -> !role.leads() && role.kind() != Role.Kind.OTHER)
                .isPresent();
    }

    private void add(String first) {
        Deque<Place> waiting = new ArrayDeque<>(List.of(place(0, first)));
        if (!leadsTree(first)) {
            waiting = new ArrayDeque<>(List.of(place(1, first)));
        }
        while (!waiting.isEmpty()) {
            Place place = waiting.pop();
            if (!seen.add(place.name())) {
                continue;
            }
            places.add(place);
            List<Place> below = below(place);
            for (int i = below.size() - 1; i >= 0; i--) {
                waiting.push(below.get(i));
            }
        }
    }

    private Link link(String name) {
        return Objects.requireNonNull(links.get(name), name);
    }

    private boolean leadsTree(String name) {
        return link(name).source() == Source.LEADS;
    }

    private Place place(int level, String name) {
        Link link = link(name);
        return new Place(level, name, link.upstream(), link.source(), link.told(), true);
    }

    private List<Place> below(Place place) {
        List<Place> below = new ArrayList<>();
        receivers.getOrDefault(place.name(), List.of()).forEach(name -> below.add(place(place.level() + 1, name)));
        if (place.member()) {
            strangers(place.name())
                    .forEach(walsender -> below.add(new Place(
                            place.level() + 1,
                            walsender.applicationName(),
                            Optional.of(place.name()),
                            Source.TOLD,
                            Optional.of(walsender),
                            false)));
        }
        return below;
    }

    /** The receivers that are no members: backups, archives, logical subscribers. */
    private List<Walsender> strangers(String sender) {
        return dashboard.member(sender).flatMap(WatchedMember::status).stream()
                .map(NodeStatus::replication)
                .flatMap(List::stream)
                .filter(walsender -> !links.containsKey(walsender.applicationName()))
                .toList();
    }
}
