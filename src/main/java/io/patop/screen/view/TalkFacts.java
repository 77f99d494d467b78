package io.patop.screen.view;

import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Outage;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.WatchedMember;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an audience must know, in as few words as possible. */
record TalkFacts(Line leader, Line standing, Optional<Line> stopwatch) {

    /**
     * A line in large letters.
     *
     * @param text large
     * @param label small beside it; may be empty
     * @param ink its meaning
     */
    record Line(String text, String label, Ink ink) {}

    static TalkFacts of(Dashboard dashboard, Instant now) {
        Optional<String> leader = dashboard.leadership().present();
        Optional<Line> stopwatch = stopwatch(dashboard, now);
        if (leader.isPresent()) {
            return new TalkFacts(
                    new Line(leader.get(), "", isSilent(dashboard) ? Ink.BAD : Ink.LEADER),
                    standing(dashboard),
                    stopwatch);
        }
        boolean known = dashboard.leadership().lockFree().isPresent();
        String was = dashboard.leadership().leader().map(old -> "was " + old).orElse("");
        return new TalkFacts(
                new Line(known ? "NO LEADER" : "?", known ? "" : "no leader is known yet", Ink.BAD),
                new Line(was, "", Ink.STALE),
                stopwatch);
    }

    private static boolean isSilent(Dashboard dashboard) {
        return dashboard.leader().filter(WatchedMember::isSilent).isPresent();
    }

    private static Line standing(Dashboard dashboard) {
        String timeline =
                dashboard.leadership().timeline().map(on -> "  TL " + on).orElse("");
        if (isSilent(dashboard)) {
            return new Line("silent" + timeline, "", Ink.BAD);
        }
        if (dashboard.leadership().promotionDue()) {
            return new Line("promoting" + timeline, "", Ink.WARNING);
        }
        Optional<State> state = dashboard.leader().flatMap(member -> member.status()
                .map(NodeStatus::state)
                .or(() -> member.listed().map(listed -> listed.state())));
        boolean running = state.filter(State::isRunning).isPresent();
        return new Line(state.map(State::toString).orElse("?") + timeline, "", running ? Ink.TEXT : Ink.WARNING);
    }

    /** Returns the outage that lasts, else the length of the failover that is to be shown. */
    private static Optional<Line> stopwatch(Dashboard dashboard, Instant now) {
        Optional<Outage> outage = dashboard
                .probe()
                .filter(ProbeStatus::isRunning)
                .flatMap(probe -> probe.writes().outage());
        if (outage.isPresent()) {
            return Optional.of(new Line(DurationText.text(outage.get().lasted(now)), "nobody can write", Ink.BAD));
        }
        Optional<Failover> failover = FailoverPanel.shown(dashboard);
        if (failover.isEmpty()) {
            return Optional.empty();
        }
        Failover shown = failover.get();
        Optional<MeasuredDuration> over = shown.until(Phase.FIRST_WRITE).or(() -> shown.until(Phase.PROMOTED));
        if (over.isPresent()) {
            String what = shown.at(Phase.FIRST_WRITE).isPresent() ? "until the first write" : "until the new leader";
            return Optional.of(
                    measured(over.get(), what + ", " + shown.outcome().text(), Ink.GOOD));
        }
        return shown.end()
                .map(end -> measured(shown.until(end.at()), shown.outcome().text(), Ink.GOOD))
                .or(() -> Optional.of(measured(shown.until(now), "without a working leader", Ink.BAD)));
    }

    /** Returns a measured duration. Only one number fits in large letters; the label tells which bound it is. */
    private static Line measured(MeasuredDuration length, String what, Ink ink) {
        boolean exact = length.most().filter(length.least()::equals).isPresent();
        String bound = exact ? "" : length.most().isPresent() ? "at most, " : "at least, ";
        return new Line(DurationText.text(length.longest()), bound + what, ink);
    }

    /** Returns the lines that have a text, from the top. */
    List<Line> lines() {
        return java.util.stream.Stream.of(Optional.of(leader), Optional.of(standing), stopwatch)
                .flatMap(Optional::stream)
                .filter(line -> !line.text().isEmpty())
                .toList();
    }
}
