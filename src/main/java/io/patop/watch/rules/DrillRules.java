package io.patop.watch.rules;

import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.Event;
import java.util.Optional;

/** Rules for a drill's reports, which become events: each fault, each run's outcome, and the end. */
final class DrillRules {

    private DrillRules() {}

    static void reported(DashboardBuilder draft, DrillProgress progress) {
        Optional<DrillProgress> before = draft.drill.filter(DrillProgress::isRunning);
        draft.drill = Optional.of(progress);
        int told = before.map(drill -> drill.done().size()).orElse(0);
        for (DrillProgress.Line run : progress.done()
                .subList(Math.min(told, progress.done().size()), progress.done().size())) {
            draft.event(Event.Kind.DRILL_RUN, "drill, " + run.text());
        }
        boolean known =
                before.filter(drill -> drill.struck().equals(progress.struck())).isPresent();
        progress.struck()
                .filter(struck -> !known)
                .ifPresent(struck -> draft.event(
                        Event.Kind.DRILL_RUN,
                        "drill, run " + progress.run() + " of " + progress.runs() + ": " + struck.words()));
        progress.result()
                .ifPresent(result -> draft.event(
                        result.met() ? Event.Kind.DRILL_MET : Event.Kind.DRILL_MISSED,
                        "drill: " + result.verdict().text()));
    }
}
