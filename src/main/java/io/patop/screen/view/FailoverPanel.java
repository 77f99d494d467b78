package io.patop.screen.view;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stopwatch: the running failover, or the last one, with the time at which each phase was reached. */
final class FailoverPanel {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private FailoverPanel() {}

    /** Returns the failover that is to be shown. */
    static Optional<Failover> shown(Dashboard dashboard) {
        return dashboard
                .failover()
                .or(() -> dashboard.pastFailovers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(dashboard
                                .pastFailovers()
                                .get(dashboard.pastFailovers().size() - 1)));
    }

    /** Draws the panel and returns how many rows it took. */
    static int draw(Canvas canvas, Dashboard dashboard, Instant now, ZoneId zone) {
        Optional<Failover> shown = shown(dashboard);
        if (shown.isEmpty()) {
            return 0;
        }
        Failover failover = shown.get();
        canvas.rule(0, title(failover, now, zone));
        if (!PhaseBar.isShown(failover, now)) {
            return 1 + phases(canvas.from(1), failover, dashboard);
        }
        PhaseBar.draw(canvas, 1, failover, now);
        return 3 + phases(canvas.from(3), failover, dashboard);
    }

    private static String title(Failover failover, Instant now, ZoneId zone) {
        String who = failover.oldLeader()
                + failover.newLeader().map(leader -> " to " + leader).orElse("");
        if (failover.end().isPresent()) {
            return failover.outcome().text() + " at " + CLOCK.format(LocalTime.ofInstant(failover.began(), zone)) + ": "
                    + who;
        }
        String running = failover.isServed()
                ? "waiting for the old leader, "
                : failover.newLeader().isEmpty() ? "waiting for a new leader, " : "";
        return failover.outcome().text() + " of " + who + ": " + running + DurationText.text(failover.until(now));
    }

    private static int phases(Canvas canvas, Failover failover, Dashboard dashboard) {
        int row = 0;
        int x = 1;
        boolean first = true;
        for (Phase phase : inOrder(failover)) {
            Optional<MeasuredDuration> reached = failover.until(phase);
            boolean due = failover.end().isEmpty() && isDue(phase, dashboard);
            if (reached.isEmpty() && !due) {
                continue;
            }
            String text = phase.text() + " "
                    + reached.map(DurationText::text).orElse(canvas.glyphs().ellipsis());
            String arrow = first ? "" : " " + canvas.glyphs().then() + " ";
            if (!first && x + arrow.length() + text.length() > canvas.width()) {
                row++;
                x = 1;
            }
            x = canvas.put(x, row, arrow, Ink.DIM);
            x = canvas.put(x, row, text, reached.isPresent() ? Ink.TEXT : Ink.DIM);
            first = false;
        }
        return row + 1;
    }

    /** Returns the phases in the order in which they were reached, and then the others. */
    private static List<Phase> inOrder(Failover failover) {
        return Arrays.stream(Phase.values())
                .sorted(Comparator.comparing(phase -> failover.at(phase).orElse(Instant.MAX)))
                .toList();
    }

    /** Returns whether every failover goes through the phase; other phases are shown once they are seen. */
    private static boolean isDue(Phase phase, Dashboard dashboard) {
        return switch (phase) {
            case NEW_LEADER, PROMOTED, REPLICAS_STREAMING, OLD_LEADER_BACK -> true;
            case FIRST_WRITE -> dashboard.probe().filter(ProbeStatus::isRunning).isPresent();
            case FAULT, LEADER_STOPPING, LEADER_LOST, LOCK_RELEASED, PROXY_ROUTES, POOL_SERVES -> false;
        };
    }
}
