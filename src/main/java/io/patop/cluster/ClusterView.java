package io.patop.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The cluster as one node tells it ({@code GET /cluster}): the contents of the DCS, seen from there.
 *
 * @param scope the cluster's name (3.2 and later tell it)
 * @param members sorted as Patroni sent them, by name
 * @param paused whether automatic failover is off (maintenance mode)
 * @param scheduledSwitchover present if one is scheduled
 * @param leftOut how many members more were told than the {@link #MOST_MEMBERS} that are taken, if so many were
 */
public record ClusterView(
        Optional<String> scope,
        List<Member> members,
        boolean paused,
        Optional<ScheduledSwitchover> scheduledSwitchover,
        Optional<Integer> leftOut) {

    /** How many members are taken: far more than any cluster has, and no more than memory and screen can bear. */
    public static final int MOST_MEMBERS = 10_000;

    /** Copies the list. */
    public ClusterView {
        Objects.requireNonNull(scope, "scope");
        members = List.copyOf(members);
        Objects.requireNonNull(scheduledSwitchover, "scheduledSwitchover");
        Objects.requireNonNull(leftOut, "leftOut");
    }

    /** The member that holds the leader key, if any does. */
    public Optional<Member> leader() {
        return members.stream().filter(member -> member.role().leads()).findFirst();
    }

    /** The member of that name. */
    public Optional<Member> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
