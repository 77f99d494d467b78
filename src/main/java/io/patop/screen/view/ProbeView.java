package io.patop.screen.view;

import io.patop.screen.lanes.LatencyGraph;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.StripBar;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Outage;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.ProbeTally;
import io.patop.watch.model.SecondBySecond;
import io.patop.watch.model.ServerNames;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The view of the write probe: whether writes succeed, the last minutes second by second, and every outage. */
public final class ProbeView implements View {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final int LABEL = 7;

    private static final int LATENCY_ROWS = 4;

    /** Rows that the rest of the view needs at least for the graph to be drawn. */
    private static final int ROWS_BELOW = 12;

    private int scrolled;

    @Override
    public String title() {
        return "Probe";
    }

    @Override
    public List<String> aliases() {
        return List.of("p", "writes");
    }

    @Override
    public void move(int rows, Scene scene) {
        int all = scene.dashboard().probe().map(probe -> outages(probe).size()).orElse(0);
        scrolled = Math.max(0, Math.min(all - 1, scrolled + rows));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Optional<ProbeStatus> probe = scene.dashboard().probe();
        if (probe.isEmpty()) {
            absent(canvas, scene.dashboard());
            return;
        }
        int y = facts(canvas, scene, probe.get());
        if (canvas.height() >= y + LATENCY_ROWS + ROWS_BELOW) {
            canvas.rule(y, "How long writes take");
            LatencyGraph.draw(
                    canvas.part(0, y + 1, canvas.width(), LATENCY_ROWS),
                    scene.dashboard().lanes().writes(),
                    scene.now());
            y += LATENCY_ROWS + 1;
        }
        int room = Math.max(1, (canvas.height() - y - 6) / (probe.get().reads().isPresent() ? 4 : 2));
        y = strip(canvas, y, "Writes, one sign a second", probe.get().writes(), scene, Math.min(5, room));
        if (probe.get().reads().isPresent()) {
            y = strip(canvas, y, "Reads", probe.get().reads().get(), scene, Math.min(2, room));
        }
        legend(canvas, y);
        y++;
        List<Outage> outages = outages(probe.get());
        canvas.rule(y, "Outages of writes (" + probe.get().writes().outagesSeen() + ")");
        if (outages.isEmpty()) {
            canvas.put(1, y + 1, "none so far", Ink.DIM);
        } else {
            int first = Math.min(scrolled, outages.size() - 1);
            new Grid<>(columns(scene.now(), scene.zone()))
                    .draw(canvas.from(y + 1), outages.subList(first, outages.size()), -1);
        }
    }

    /** Copies the DSN, without the password. */
    @Override
    public Optional<String> copied(Scene scene) {
        return scene.dashboard()
                .probe()
                .map(probe -> "postgresql://" + probe.target().database());
    }

    private static void absent(Canvas canvas, Dashboard dashboard) {
        canvas.put(1, 0, "no write probe runs", Ink.TITLE);
        String why = dashboard.events().stream()
                .filter(event -> event.kind() == Event.Kind.PROBE_FAILED)
                .reduce((first, second) -> second)
                .map(Event::text)
                .orElse("");
        canvas.put(1, 1, why, Ink.BAD);
        canvas.put(1, 2, "patop --dsn postgresql://USER@HAPROXY:PORT/DATABASE --create starts one", Ink.DIM);
    }

    /** Returns the outages, the newest first, the present one at the top. */
    private static List<Outage> outages(ProbeStatus probe) {
        List<Outage> all = new ArrayList<>(probe.writes().outages());
        probe.writes().outage().ifPresent(all::add);
        Collections.reverse(all);
        return all;
    }

    private static int facts(Canvas canvas, Scene scene, ProbeStatus probe) {
        Instant now = scene.now();
        List<Cell> lines = new ArrayList<>();
        lines.add(headline(scene.dashboard(), probe, now));
        lines.add(Cell.of(ProbePanel.counts(probe.writes()) + "; longest outage "
                + probe.writes().longestBy(now).map(DurationText::text).orElse("none")));
        probe.reads()
                .ifPresent(reads -> lines.add(new Cell(
                        "reads: " + ProbePanel.counts(reads, "answered")
                                + (reads.isOut(now)
                                        ? "; NOBODY CAN READ: " + DurationText.text(reads.outFor(now))
                                        : "; longest outage "
                                                + reads.longestBy(now)
                                                        .map(DurationText::text)
                                                        .orElse("none")),
                        reads.isOut(now) ? Ink.BAD : Ink.TEXT)));
        lines.add(ProbePanel.verdict(probe, scene.zone()));
        probe.rivals()
                .ifPresent(rivals -> lines.add(new Cell(
                        "two servers accepted writes at once: "
                                + ServerNames.text(scene.dashboard().members().values(), rivals.one()) + " and "
                                + ServerNames.text(scene.dashboard().members().values(), rivals.other()) + ", at "
                                + CLOCK.format(LocalTime.ofInstant(rivals.at(), scene.zone())),
                        Ink.BAD)));
        lines.add(new Cell(
                probe.target().text() + " into " + probe.target().table() + ", "
                        + probe.target().rate() + " a second, timeouts "
                        + DurationText.text(probe.target().connectTimeout()) + " and "
                        + DurationText.text(probe.target().socketTimeout()),
                Ink.DIM));
        int y = 0;
        for (Cell line : lines) {
            canvas.put(1, y, line.text(), line.ink());
            y++;
        }
        return y;
    }

    private static Cell headline(Dashboard dashboard, ProbeStatus probe, Instant now) {
        Cell state = ProbePanel.state(dashboard, probe, now);
        if (!probe.isRunning() || !probe.writes().isOut(now)) {
            return state;
        }
        String cause = probe.writes().outage().map(Outage::cause).orElse("");
        return new Cell(state.text() + (cause.isEmpty() ? "" : "; at first: " + cause), state.ink());
    }

    private static int strip(Canvas canvas, int y, String title, ProbeTally tries, Scene scene, int rows) {
        canvas.rule(y, title);
        int perRow = canvas.width() >= 120 + LABEL + 1 ? 120 : canvas.width() >= 60 + LABEL + 1 ? 60 : 30;
        long last = Math.floorDiv(scene.now().getEpochSecond(), perRow) * perRow;
        long begun = Math.floorDiv(Math.max(tries.strip().first(), tries.began().getEpochSecond()), perRow) * perRow;
        int used = (int) Math.max(1, Math.min(rows, (last - begun) / perRow + 1));
        for (int i = 0; i < used; i++) {
            long first = last - (long) (used - 1 - i) * perRow;
            row(canvas, y + 1 + i, tries.strip(), first, perRow, scene);
        }
        return y + 1 + used;
    }

    private static void row(Canvas canvas, int y, SecondBySecond strip, long first, int perRow, Scene scene) {
        canvas.put(1, y, MINUTE.format(LocalTime.ofInstant(Instant.ofEpochSecond(first), scene.zone())), Ink.DIM);
        int passed = (int) Math.max(0, Math.min(perRow, scene.now().getEpochSecond() - first + 1));
        StripBar.draw(canvas, LABEL, y, strip, first, passed, scene.now());
    }

    private static void legend(Canvas canvas, int y) {
        String signs = canvas.glyphs().strip();
        String[] words = {"acknowledged", "some failed", "refused", "unknown", "nothing tried"};
        int x = LABEL;
        for (int i = 0; i < words.length; i++) {
            x = canvas.put(x, y, signs.charAt(i) + " " + words[i], Ink.DIM) + 2;
        }
    }

    private static List<Column<Outage>> columns(Instant now, ZoneId zone) {
        return List.of(
                Column.word("SINCE", 0, outage -> Cell.of(CLOCK.format(LocalTime.ofInstant(outage.since(), zone)))),
                Column.figure(
                        "LASTED",
                        0,
                        outage -> new Cell(
                                DurationText.text(outage.measured(now)),
                                outage.until().isPresent() ? Ink.TEXT : Ink.BAD)),
                Column.figure("REFUSED", 1, outage -> Cell.of(Long.toString(outage.refused()))),
                Column.figure("UNKNOWN", 1, outage -> Cell.of(Long.toString(outage.unknown()))),
                Column.name("AT FIRST", 2, outage -> new Cell(outage.cause(), Ink.DIM)));
    }
}
