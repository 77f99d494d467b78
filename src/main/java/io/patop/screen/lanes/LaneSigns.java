package io.patop.screen.lanes;

import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.watch.lanes.LaneState;
import io.patop.watch.lanes.TryCell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The sign and the ink of each state, and of the tries of a piece of time. */
public final class LaneSigns {

    /** The longest answer of each bar but the last, in milliseconds: the scale is logarithmic. */
    private static final List<Integer> BARS = List.of(1, 4, 16, 64, 256, 1024, 4096);

    private static final int SLOW = 5;

    private final Glyphs glyphs;

    public LaneSigns(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Returns the sign of a state that names no member. */
    public Cell of(LaneState state) {
        return new Cell(String.valueOf(glyphs.lanes().charAt(state.ordinal())), ink(state));
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
    public Optional<Cell> of(TryCell tries) {
        if (tries.unknown()) {
            return Optional.of(new Cell(glyphs.unknown(), Ink.BAD));
        }
        if (tries.refused()) {
            return Optional.of(new Cell(glyphs.bad(), Ink.BAD));
        }
        return tries.p95().map(this::bar);
    }

    private Cell bar(Duration took) {
        int level = level(took);
        return new Cell(String.valueOf(glyphs.bars().charAt(level)), level > SLOW ? Ink.WARNING : Ink.GOOD);
    }

    private static int level(Duration took) {
        int level = 0;
        while (level < BARS.size() && took.compareTo(Duration.ofMillis(BARS.get(level))) > 0) {
            level++;
        }
        return level;
    }

    /** Returns what the bars stand for. */
    public String scale() {
        return glyphs.bars().charAt(0) + " 1 ms  " + glyphs.bars().charAt(3) + " 64 ms  "
                + glyphs.bars().charAt(5) + " 1 s";
    }
}
