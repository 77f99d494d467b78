package io.patop.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The cluster as one node reports it ({@code GET /cluster}): the contents of the DCS, as read by that node.
 *
 * @param scope the cluster's name (3.2 and later tell it)
 * @param members sorted by name, as Patroni sent them
 * @param paused whether automatic failover is off (maintenance mode)
 * @param scheduledSwitchover empty if none is scheduled
 * @param leftOut the number of members beyond the {@link #MOST_MEMBERS} that are taken; empty if all were taken
 */
public record ClusterView(
        Optional<String> scope,
        List<Member> members,
        boolean paused,
        Optional<ScheduledSwitchover> scheduledSwitchover,
        Optional<Integer> leftOut) {

    /** How many members are taken: far more than any cluster has, and as many as memory and screen can bear. */
    public static final int MOST_MEMBERS = 10_000;

    public ClusterView {
        members = List.copyOf(members);
    }

    /** The member that holds the leader key; empty if none does. */
    public Optional<Member> leader() {
        return members.stream().filter(member -> member.role().leads()).findFirst();
    }

    /** The member of that name. */
    public Optional<Member> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
