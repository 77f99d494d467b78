package io.patop.watch.lanes;

import java.util.List;

/**
 * What a lane shows at a moment, from the best state to the worst. Where a piece of time on the screen had several
 * states, the worst is drawn, so that nothing short is lost.
 */
public enum LaneState {
    /** A replica that receives WAL from another member. */
    STREAMING("streams"),
    /** A member that runs as primary, or leads a standby cluster. */
    LEADER("leads"),
    /** The leader key is held by one member, or HAProxy sends sessions to one member. */
    HELD("held by"),
    /** Not known, since nobody watched, or nobody could be asked. */
    UNWATCHED("not watched"),
    /** A replica that runs and receives from nobody. */
    NOT_STREAMING("does not stream"),
    /** A member whose PostgreSQL starts, stops, or does not run. */
    DOWN("starting or stopped"),
    /** A member that is no longer listed and does not answer. */
    GONE("gone"),
    /** Nobody holds the leader key, or HAProxy has no server for the leader's sessions. */
    NOBODY("nobody"),
    /** A member or an HAProxy that was asked and does not answer. */
    SILENT("silent");

    /** The states in which a member is not there to be drawn. */
    public static final List<LaneState> ABSENT = List.of(GONE, UNWATCHED);

    /** The states that a legend explains, in its order. */
    public static final List<LaneState> LEGEND =
            List.of(LEADER, STREAMING, NOT_STREAMING, DOWN, SILENT, GONE, UNWATCHED);

    private final String words;

    LaneState(String words) {
        this.words = words;
    }

    /** The state in a word or a few. */
    public String text() {
        return words;
    }

    /** Whether this is a worse state than the other. */
    public boolean isWorseThan(LaneState other) {
        return compareTo(other) > 0;
    }
}
