package io.patop.command.patronictl.table;

import io.patop.cluster.ClusterView;
import io.patop.cluster.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The replication tree by {@code replicatefrom} tags, in patronictl's order: the leader, then each replica below the
 * one that it follows. Unlike patronictl's tree, this one leaves out no member: members that follow each other in a
 * ring come last, below the leader.
 */
final class Topology {

    /**
     * A member's place in the tree.
     *
     * @param level 0 for the leader, 1 for its replicas, and so on
     * @param member the member
     */
    record Place(int level, Member member) {

        /** Returns the place of a member without a tree. */
        static Place plain(Member member) {
            return new Place(0, member);
        }

        /** Returns the name with its branch before it: {@code   + patroni3}. */
        String label() {
            return level == 0 ? member.name() : "  ".repeat(level - 1) + "+ " + member.name();
        }
    }

    private final Map<Optional<String>, List<Member>> followers = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Place> places = new ArrayList<>();

    private Topology() {}

    /** Returns all members with their places. */
    static List<Place> of(ClusterView view) {
        Topology topology = new Topology();
        topology.connect(view);
        Optional<Member> leader = view.leader();
        if (leader.isPresent()) {
            topology.add(new Place(0, leader.get()));
        } else {
            topology.followersOf(Optional.empty()).forEach(member -> topology.add(new Place(1, member)));
        }
        for (Member member : view.members()) {
            topology.add(new Place(member.role().leads() ? 0 : 1, member));
        }
        return topology.places;
    }

    private void connect(ClusterView view) {
        Set<String> replicas = view.members().stream()
                .filter(member -> !member.role().leads())
                .map(Member::name)
                .collect(Collectors.toSet());
        Optional<String> leader = view.leader().map(Member::name);
        for (Member member : view.members()) {
            if (!member.role().leads()) {
                Optional<String> upstream = member.tags()
                        .replicateFrom()
                        .filter(name -> replicas.contains(name) && !name.equals(member.name()))
                        .or(() -> leader);
                followers.computeIfAbsent(upstream, nobody -> new ArrayList<>()).add(member);
            }
        }
    }

    private List<Member> followersOf(Optional<String> upstream) {
        return followers.getOrDefault(upstream, List.of());
    }

    /** Adds a member and all members below it, unless they are there already. A chain may be of any length. */
    private void add(Place start) {
        Deque<Place> waiting = new ArrayDeque<>(List.of(start));
        while (!waiting.isEmpty()) {
            Place place = waiting.pop();
            if (seen.add(place.member().name())) {
                places.add(place);
                List<Member> below = followersOf(Optional.of(place.member().name()));
                for (int i = below.size() - 1; i >= 0; i--) {
                    waiting.push(new Place(place.level() + 1, below.get(i)));
                }
            }
        }
    }
}
