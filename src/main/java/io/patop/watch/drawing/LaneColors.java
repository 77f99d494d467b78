package io.patop.watch.drawing;

import io.patop.watch.lanes.LaneState;

/** The colours of the states in a drawing: those of the terminal. */
final class LaneColors {

    static final String REFUSED = "#f55f5f";
    static final String UNKNOWN = "#e1aa28";
    static final String ANSWERED = "#5fbe5f";

    private LaneColors() {}

    static String of(LaneState state) {
        return switch (state) {
            case LEADER, HELD -> "#5fc85f";
            case STREAMING -> "#5fafd7";
            case NOT_STREAMING -> "#e1aa28";
            case DOWN -> "#be9646";
            case UNWATCHED -> "#d8dce0";
            case GONE -> "#80878f";
            case NOBODY, SILENT -> "#f55f5f";
        };
    }
}
