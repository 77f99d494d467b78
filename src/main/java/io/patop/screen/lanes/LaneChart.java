package io.patop.screen.lanes;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.watch.lanes.LaneState;
import io.patop.watch.lanes.NamedTrack;
import io.patop.watch.model.Dashboard;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws the lanes of a time with its scale above them, and marks and a legend below. */
public final class LaneChart {

    private static final int WIDEST_LABEL = 20;
    private static final int NARROWEST_LABEL = 8;

    private final Dashboard dashboard;
    private final Instant now;
    private final ZoneId zone;

    public LaneChart(Dashboard dashboard, Instant now, ZoneId zone) {
        this.dashboard = dashboard;
        this.now = now;
        this.zone = zone;
    }

    /** Returns how many columns of a canvas are left for time. */
    public int columns(Canvas canvas) {
        return Math.max(1, canvas.width() - left());
    }

    private int left() {
        int longest = dashboard.lanes().members().all().stream()
                .mapToInt(member -> Canvas.columns(member.name()))
                .max()
                .orElse(0);
        return Math.min(WIDEST_LABEL, Math.max(NARROWEST_LABEL, longest)) + 3;
    }

    /** Returns how many rows the lanes take at most, with the scale and without marks. */
    public int rows() {
        LaneWindow day = LaneWindow.upTo(now, Duration.ofMinutes(1), 1);
        return 1
                + dashboard.lanes().members().all().size()
                + new LaneRows(dashboard, day, now, Glyphs.ASCII).shared().size();
    }

    /**
     * Draws the lanes and returns how many rows they took.
     *
     * @param marks how many rows there are for marks below the lanes
     * @param skipped how many members are scrolled away
     * @param cursor the column that is selected; empty if none is
     */
    public int draw(Canvas canvas, LaneWindow window, boolean live, int marks, int skipped, Optional<Integer> cursor) {
        LaneRows rows = new LaneRows(dashboard, window, now, canvas.glyphs());
        scale(canvas, window, live);
        List<LaneRow> shared = rows.shared();
        int room = canvas.height() - 1 - shared.size() - marks;
        List<NamedTrack> all = rows.members();
        boolean crowd = all.size() > room;
        List<NamedTrack> members = rows.members(crowd ? Math.max(1, room - 1) : room, skipped);
        int y = 1;
        for (NamedTrack member : members) {
            lane(canvas, y++, rows.row(member), rows.toldLetter(member.name()), cursor);
        }
        if (crowd) {
            canvas.put(1, y++, (all.size() - members.size()) + " more members", Ink.DIM);
        }
        for (LaneRow row : shared) {
            lane(canvas, y++, row, Optional.empty(), cursor);
        }
        int used = LaneMarks.draw(canvas.part(0, y, canvas.width(), marks), left(), window, dashboard.events());
        return y + used;
    }

    private void scale(Canvas canvas, LaneWindow window, boolean live) {
        String title = window.title(live, zone);
        canvas.rule(0, title);
        int free = title.length() + 4;
        for (LaneWindow.Tick tick : window.ticks(zone)) {
            int x = left() + tick.column();
            if (x - 1 >= free && x + tick.text().length() + 1 < canvas.width()) {
                canvas.put(x - 1, 0, " " + tick.text() + " ", Ink.DIM);
            }
        }
    }

    private void lane(Canvas canvas, int y, LaneRow row, Optional<String> letter, Optional<Integer> cursor) {
        String name = letter.map(text -> text + " ").orElse("") + row.label().text();
        canvas.put(1, y, canvas.fit(name, left() - 2), row.label().ink());
        int x = left();
        StringBuilder run = new StringBuilder();
        Ink ink = Ink.TEXT;
        for (int i = 0; i < row.cells().size(); i++) {
            Cell cell = row.cells().get(i);
            if (cell.ink() != ink) {
                x = canvas.put(x, y, run.toString(), ink);
                run.setLength(0);
                ink = cell.ink();
            }
            run.append(cell.text().isEmpty() ? " " : cell.text());
        }
        canvas.put(x, y, run.toString(), ink);
        cursor.ifPresent(column -> {
            Cell cell = row.cells().get(column);
            canvas.put(left() + column, y, cell.text().isEmpty() ? " " : cell.text(), cell.ink(), true);
        });
    }

    /** Draws what the signs stand for, in as many rows as it takes, and returns how many. */
    public static int legend(Canvas canvas, int y, boolean probe) {
        LaneSigns signs = new LaneSigns(canvas.glyphs());
        List<Cell> parts = new ArrayList<>();
        for (LaneState state : LaneState.LEGEND) {
            parts.add(new Cell(signs.of(state).text() + " " + state.text(), LaneSigns.ink(state)));
        }
        if (probe) {
            parts.add(new Cell(signs.scale(), Ink.GOOD));
            parts.add(new Cell(canvas.glyphs().bad() + " refused", Ink.BAD));
            parts.add(new Cell(canvas.glyphs().unknown() + " unknown", Ink.BAD));
        }
        int x = 1;
        int row = y;
        for (Cell part : parts) {
            if (x > 1 && x + Canvas.columns(part.text()) > canvas.width()) {
                x = 1;
                row++;
            }
            int after = canvas.put(x, row, part.text().substring(0, 1), part.ink());
            x = canvas.put(after, row, part.text().substring(1), Ink.DIM) + 2;
        }
        return row - y + 1;
    }

    /** Returns what every lane says at one column, a line each. */
    public List<Cell> told(LaneWindow window, int column) {
        LaneWindow one = new LaneWindow(window.to(column), window.cell(), 1);
        LaneRows rows = new LaneRows(dashboard, one, now, Glyphs.ASCII);
        return Stream.concat(rows.members().stream().map(rows::row), rows.shared().stream())
                .map(LaneChart::line)
                .toList();
    }

    private static Cell line(LaneRow row) {
        return new Cell(
                Canvas.padded(row.label().text(), 16) + " " + row.told().get(0),
                row.cells().get(0).ink());
    }
}
