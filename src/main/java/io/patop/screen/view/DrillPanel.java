package io.patop.screen.view;

import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.Failover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running failover drill, or the last one: which run, what it waits for, the outage so far, and its result. */
public final class DrillPanel {

    private static final int PHASES_A_LINE = 3;

    private DrillPanel() {}

    /** Returns all lines for the dialog. */
    public static List<Cell> lines(Scene scene) {
        Optional<DrillProgress> drill = scene.dashboard().drill();
        return drill.map(known -> known.isRunning() ? running(scene, known) : ended(known))
                .orElse(List.of(new Cell("no drill yet; D or :drill begins one", Ink.STALE)));
    }

    /** Returns the running drill in a few words for the header. */
    static Optional<Cell> condition(Dashboard dashboard, Instant now) {
        return dashboard
                .drill()
                .filter(DrillProgress::isRunning)
                .map(drill -> new Cell(
                        "drill: " + count(drill) + ", " + drill.stage().word()
                                + outage(dashboard, drill, now)
                                        .map(span -> " " + DurationText.text(span))
                                        .orElse(""),
                        Ink.WARNING));
    }

    private static List<Cell> running(Scene scene, DrillProgress drill) {
        Dashboard dashboard = scene.dashboard();
        List<Cell> lines = new ArrayList<>();
        lines.add(new Cell(drill.plan(), Ink.DIALOG));
        lines.add(Cell.EMPTY);
        lines.add(new Cell(count(drill) + ": " + drill.stage().word(), Ink.TITLE));
        drill.struck().ifPresent(struck -> lines.add(new Cell(struck.words(), Ink.DIALOG)));
        lines.add(new Cell(drill.detail(), Ink.DIALOG));
        drill.struck().ifPresent(struck -> lines.addAll(phases(dashboard, struck.at())));
        lines.add(Cell.EMPTY);
        Optional<Duration> outage = outage(dashboard, drill, scene.now());
        lines.add(outage.map(span -> new Cell("nobody can write for " + DurationText.text(span), Ink.BAD))
                .orElse(new Cell("writes are acknowledged", Ink.GOOD)));
        lines.add(new Cell(
                drill.leftAt(scene.now())
                        .map(left -> "about " + DurationText.age(left) + " left")
                        .orElse("what is left can be told after the first run"),
                Ink.DIM));
        drill.undo().forEach(command -> lines.add(new Cell("undone by: " + command, Ink.DIM)));
        lines.add(Cell.EMPTY);
        done(lines, drill);
        lines.add(new Cell("c  end it, and put right what is broken    Esc  put this away", Ink.KEY));
        return lines;
    }

    private static List<Cell> ended(DrillProgress drill) {
        DrillProgress.Result result = drill.result().orElseThrow();
        List<Cell> lines = new ArrayList<>();
        lines.add(new Cell(result.verdict().text(), result.met() ? Ink.GOOD : Ink.BAD));
        result.report().stream().skip(2).forEach(line -> lines.add(new Cell(line, Ink.DIALOG)));
        lines.add(Cell.EMPTY);
        lines.add(new Cell("Esc  put this away", Ink.KEY));
        return lines;
    }

    private static void done(List<Cell> lines, DrillProgress drill) {
        drill.done().forEach(line -> lines.add(new Cell(line.text(), line.good() ? Ink.GOOD : Ink.BAD)));
        if (!drill.done().isEmpty()) {
            lines.add(Cell.EMPTY);
        }
    }

    /** Returns the phases, three a line so that they fit into 80 columns. */
    private static List<Cell> phases(Dashboard dashboard, Instant struck) {
        List<String> phases =
                dashboard.failoverSince(struck).map(Failover::reached).orElse(Map.of()).entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                        .map(entry -> entry.getKey().text() + " "
                                + DurationText.text(Duration.between(struck, entry.getValue())))
                        .toList();
        List<Cell> lines = new ArrayList<>();
        for (int first = 0; first < phases.size(); first += PHASES_A_LINE) {
            List<String> some = phases.subList(first, Math.min(phases.size(), first + PHASES_A_LINE));
            lines.add(new Cell(String.join(", ", some), Ink.DIM));
        }
        return lines;
    }

    private static Optional<Duration> outage(Dashboard dashboard, DrillProgress drill, Instant now) {
        return dashboard
                .probe()
                .filter(probe -> drill.struck().isPresent())
                .flatMap(probe -> probe.writes().outage())
                .map(outage -> outage.lasted(now));
    }

    private static String count(DrillProgress drill) {
        return drill.runs() == 0 ? "before the first run" : "run " + drill.run() + " of " + drill.runs();
    }
}
