package io.patop.cluster;

/**
 * How a replica is to be made anew from a copy of another member.
 *
 * @param force also if the node is busy with something else, which is broken off
 * @param fromLeader copy from the leader and not from another replica (4.1 and later; older ones mind it not)
 */
public record ReinitializeRequest(boolean force, boolean fromLeader) {

    /** From whom Patroni chooses, if the node is free. */
    public static final ReinitializeRequest DEFAULT = new ReinitializeRequest(false, false);
}
