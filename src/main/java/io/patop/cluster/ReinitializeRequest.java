package io.patop.cluster;

/**
 * A request to reinitialize a replica from a copy of another member.
 *
 * @param force whether to do so even if the node is busy with something else, which is then aborted
 * @param fromLeader whether to copy from the leader instead of another replica (4.1 and later; older versions ignore
 *     it)
 */
public record ReinitializeRequest(boolean force, boolean fromLeader) {

    /** A copy from the member that Patroni chooses, only if the node is not busy. */
    public static final ReinitializeRequest DEFAULT = new ReinitializeRequest(false, false);
}
