package io.patop.screen.view;

import io.patop.probe.Verdict;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.StripBar;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.ProbeTally;
import io.patop.watch.model.ServerNames;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The write probe in two lines of the home view, and the text that the probe view shares. */
final class ProbePanel {

    /** Rows that the panel takes if a probe runs or ran. */
    static final int ROWS = 2;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int RANGES = 4;

    private ProbePanel() {}

    static int rows(Dashboard dashboard) {
        return dashboard.probe().isPresent() ? ROWS : 0;
    }

    /** Draws the panel and returns how many rows it took. */
    static int draw(Canvas canvas, Dashboard dashboard, Instant now) {
        if (dashboard.probe().isEmpty()) {
            return 0;
        }
        ProbeStatus probe = dashboard.probe().get();
        canvas.rule(0, "Write probe: " + counts(probe.writes()) + longest(probe.writes(), now));
        Cell state = state(dashboard, probe, now);
        Optional<Cell> verdict = bad(probe);
        String text = canvas.fit(verdict.map(Cell::text).orElse(state.text()), canvas.width() / 2);
        int strip = Math.max(0, canvas.width() - Canvas.columns(text) - 3);
        StripBar.draw(canvas, 1, 1, probe.writes().strip(), now.getEpochSecond() - strip + 1, strip, now);
        canvas.put(strip + 2, 1, text, verdict.map(Cell::ink).orElse(state.ink()));
        return ROWS;
    }

    /** Returns whether the cluster takes writes now. */
    static Cell state(Dashboard dashboard, ProbeStatus probe, Instant now) {
        ProbeTally writes = probe.writes();
        if (probe.end().isPresent()) {
            String why = probe.end()
                    .get()
                    .why()
                    .map(failure -> ": " + failure.message())
                    .orElse("");
            return new Cell("ended" + why, why.isEmpty() ? Ink.STALE : Ink.BAD);
        }
        if (writes.isOut(now)) {
            return new Cell("NOBODY CAN WRITE: " + DurationText.text(writes.outFor(now)), Ink.BAD);
        }
        String server = writes.server()
                .map(known -> " on " + ServerNames.text(dashboard.members().values(), known))
                .orElse("");
        return new Cell("writable" + server, Ink.GOOD);
    }

    static String counts(ProbeTally tries) {
        return counts(tries, "acknowledged");
    }

    static String counts(ProbeTally tries, String well) {
        List<String> parts = new ArrayList<>();
        parts.add(tries.acknowledged() + " " + well);
        if (tries.refused() > 0) {
            parts.add(tries.refused() + " refused");
        }
        if (tries.unknown() > 0) {
            parts.add(tries.unknown() + " unknown");
        }
        return String.join(", ", parts);
    }

    /** Returns the worst result of reading back the probe's writes. */
    static Cell verdict(ProbeStatus probe, ZoneId zone) {
        Optional<Cell> bad = bad(probe);
        if (bad.isPresent()) {
            return bad.get();
        }
        return probe.verdict()
                .map(found -> new Cell(
                        "read back at " + CLOCK.format(LocalTime.ofInstant(found.at(), zone)) + ": nothing lost, all "
                                + found.acknowledged() + " acknowledged writes are there" + unknown(found),
                        Ink.GOOD))
                .orElse(new Cell("not read back yet: that is done after an outage, and from time to time", Ink.DIM));
    }

    private static String longest(ProbeTally writes, Instant now) {
        return writes.longestBy(now)
                .map(length -> "; longest outage " + DurationText.text(length))
                .orElse("; no outage");
    }

    private static String unknown(Verdict found) {
        long all = found.unknownThere().count() + found.unknownGone().count();
        return all == 0 ? "" : ", and " + found.unknownThere().count() + " of " + all + " unknown";
    }

    private static Optional<Cell> bad(ProbeStatus probe) {
        if (!probe.lost().isEmpty()) {
            return Optional.of(new Cell(
                    "LOST " + probe.lost().count() + ": number " + probe.lost().text(RANGES), Ink.BAD));
        }
        if (probe.rivals().isPresent()) {
            return Optional.of(new Cell("TWO SERVERS ACCEPTED WRITES AT ONCE", Ink.BAD));
        }
        return probe.verdict()
                .filter(found -> !found.isGood())
                .map(found -> new Cell(
                        found.duplicates().isEmpty()
                                ? "refused and there: " + found.refusedThere().text(RANGES)
                                : "there twice: " + found.duplicates().text(RANGES),
                        Ink.BAD));
    }
}
