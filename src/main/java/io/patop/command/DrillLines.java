package io.patop.command;

import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.DrillProgress.Stage;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A drill as lines of text: one for each stage and each phase as it is reached, and one for its present state. */
final class DrillLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final int WIDTH = 79;

    private final ZoneId zone;
    private final Set<Phase> told = EnumSet.noneOf(Phase.class);
    private int run;
    private Stage stage = Stage.ENDED;
    private int done;
    private String waiting = "";

    DrillLines(ZoneId zone) {
        this.zone = zone;
    }

    /** Returns the lines that are new since the last call. */
    List<String> news(Dashboard dashboard) {
        List<String> lines = new ArrayList<>();
        dashboard.drill().ifPresent(drill -> {
            runs(lines, drill);
            stages(lines, drill);
            phases(lines, dashboard, drill);
        });
        return lines;
    }

    /** Returns the present state: {@code run 1 of 3  outage 3.1 s  waiting for a new leader  about 42s left}. */
    static String now(Dashboard dashboard, Instant now) {
        if (dashboard.drill().isEmpty()) {
            return "";
        }
        DrillProgress drill = dashboard.drill().get();
        String outage = dashboard
                .probe()
                .flatMap(probe -> probe.writes().outage())
                .filter(present -> drill.struck().isPresent())
                .map(present -> "OUTAGE " + DurationText.text(present.lasted(now)) + "  ")
                .orElse("");
        String left = drill.leftAt(now)
                .map(rest -> "about " + DurationText.age(rest) + " left  ")
                .orElse("");
        String count = drill.runs() == 0 ? "" : "run " + drill.run() + " of " + drill.runs() + "  ";
        String line = Printable.line(count + drill.stage().word() + "  " + outage + left + drill.detail());
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "~";
    }

    private void phases(List<String> lines, Dashboard dashboard, DrillProgress drill) {
        if (drill.struck().isEmpty()) {
            return;
        }
        Instant struck = drill.struck().get().at();
        Optional<Failover> change = dashboard.failoverSince(struck);
        change.map(Failover::reached).orElse(Map.of()).entrySet().stream()
                .filter(entry -> !told.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .forEach(entry -> {
                    told.add(entry.getKey());
                    lines.add(line(
                            entry.getValue(),
                            drill,
                            text(entry.getKey(), change.orElseThrow()) + " after "
                                    + seconds(Duration.between(struck, entry.getValue()))));
                });
    }

    private void runs(List<String> lines, DrillProgress drill) {
        drill.done()
                .subList(Math.min(done, drill.done().size()), drill.done().size())
                .forEach(ended -> lines.add(time(drill.since()) + "  " + Printable.line(ended.text())
                        + (ended.good() ? "" : "  GOALS MISSED")));
        done = drill.done().size();
    }

    private void stages(List<String> lines, DrillProgress drill) {
        boolean entered = drill.stage() != stage || drill.run() != run;
        if (drill.run() != run) {
            told.clear();
        }
        run = drill.run();
        stage = drill.stage();
        if (drill.stage() != Stage.CHECK) {
            waiting = "";
        }
        switch (drill.stage()) {
            case CHECK -> {
                if (!drill.detail().equals(waiting)) {
                    lines.add(line(drill.since(), drill, "check: " + drill.detail()));
                }
                waiting = drill.detail();
            }
            case FAULT -> {
                if (entered) {
                    String undo = drill.undo().isEmpty() ? "" : " (undo: " + String.join("; ", drill.undo()) + ")";
                    lines.add(line(drill.since(), drill, drill.detail() + undo));
                }
            }
            case RESTORE -> {
                if (entered && !drill.undo().isEmpty()) {
                    lines.add(line(drill.since(), drill, "serves again; restoring: " + drill.detail()));
                }
            }
            case RECOVERY -> {
                if (entered) {
                    lines.add(line(drill.since(), drill, "waiting until all is well"));
                }
            }
            case OUTAGE, ENDED -> {}
        }
    }

    private String line(Instant at, DrillProgress drill, String words) {
        String count = drill.runs() == 0 ? "" : "run " + drill.run() + " of " + drill.runs() + ": ";
        return time(at) + "  " + count + Printable.line(words);
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private static String text(Phase phase, Failover change) {
        return phase == Phase.NEW_LEADER
                ? change.newLeader().map(leader -> "new leader " + leader).orElse(phase.text())
                : phase.text();
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.2f s", Math.max(0, span.toMillis()) / 1000.0);
    }
}
