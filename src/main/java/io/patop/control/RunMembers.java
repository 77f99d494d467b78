package io.patop.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the members of a cluster are run, where that is not Docker.
 *
 * @param means by which they are stopped and started, e.g. {@code systemd over ssh}
 * @param members in the order of their names
 */
public record RunMembers(String means, List<RunMember> members) {

    /**
     * How one member is run.
     *
     * @param member its name
     * @param place where it is run, e.g. {@code patroni on admin@pg1}; why patop cannot act there, if it cannot
     * @param isReachable whether patop can act there, as far as can be said without trying
     * @param state whether it runs, as last known, and from what that is known
     * @param since when, where that is known
     * @param look how the state is to be taken
     */
    public record RunMember(
            String member, String place, boolean isReachable, String state, Optional<Instant> since, Look look) {}

    /** How a state is to be taken. */
    public enum Look {
        /** The member runs. */
        RUNS,
        /** patop has broken it. */
        BROKEN,
        /** Nothing is known of it now. */
        UNKNOWN
    }

    public RunMembers {
        members = List.copyOf(members);
    }
}
