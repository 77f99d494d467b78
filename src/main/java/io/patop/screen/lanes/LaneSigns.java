package io.patop.screen.lanes;

import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.watch.lanes.AttemptCell;
import io.patop.watch.lanes.LaneState;
import java.util.List;
import java.util.Optional;

/** The sign and the ink of each state, and of the tries of a piece of time. */
public final class LaneSigns {

    /** The height of the tallest bar that is no warning: up to 1 s. */
    private static final int SLOW = 6;

    /** The states in the order of their signs. */
    private static final List<LaneState> STATES = List.of(LaneState.values());

    private final Glyphs glyphs;

    public LaneSigns(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Returns the sign of a state that names no member. */
    @SuppressWarnings("EnumOrdinal") // the signs stand in the order of the states
    public Cell of(LaneState state) {
        return new Cell(String.valueOf(glyphs.lanes().charAt(STATES.indexOf(state))), ink(state));
    }

    /** Returns the ink of a state. */
    public static Ink ink(LaneState state) {
        return switch (state) {
            case STREAMING -> Ink.NAME;
            case LEADER, HELD -> Ink.LEADER;
            case NOT_STREAMING -> Ink.WARNING;
            case DOWN -> Ink.STALE;
            case UNWATCHED, GONE -> Ink.DIM;
            case NOBODY, SILENT -> Ink.BAD;
        };
    }

    /** Returns the sign of tries: a bar by how long they took, or that one was refused or is unknown. */
    public Optional<Cell> of(AttemptCell tries) {
        if (tries.unknown()) {
            return Optional.of(new Cell(glyphs.unknown(), Ink.BAD));
        }
        if (tries.refused()) {
            return Optional.of(new Cell(glyphs.bad(), Ink.BAD));
        }
        return tries.height()
                .map(height -> new Cell(
                        String.valueOf(glyphs.bars().charAt(height - 1)), height > SLOW ? Ink.WARNING : Ink.GOOD));
    }

    /** Returns what the bars stand for. */
    public String scale() {
        return glyphs.bars().charAt(0) + " 1 ms  " + glyphs.bars().charAt(3) + " 64 ms  "
                + glyphs.bars().charAt(5) + " 1 s";
    }
}
