package io.patop.watch.rules;

import io.patop.cluster.History;
import io.patop.cluster.Lsn;
import io.patop.cluster.PatroniTime;
import io.patop.cluster.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One timeline of the cluster: its leader, its time, and where and why it ended. It is computed from Patroni's
 * history, which records where each timeline ended and who led the next.
 *
 * @param timeline the timeline
 * @param leader its leader, if the history tells
 * @param began when it began, if the history tells
 * @param ended when the next began; empty for the present one, and if the history does not tell
 * @param lastLsn the position at its end; empty for the present one
 * @param reason PostgreSQL's text for its end
 * @param present whether it is the current timeline
 */
public record TimelineTerm(
        Timeline timeline,
        Optional<String> leader,
        Optional<PatroniTime> began,
        Optional<PatroniTime> ended,
        Optional<Lsn> lastLsn,
        String reason,
        boolean present) {

    /** The terms of all timelines in the history, the present one first; empty while there is no history. */
    public static List<TimelineTerm> of(History history) {
        List<TimelineTerm> reigns = new ArrayList<>();
        Optional<History.Entry> before = Optional.empty();
        for (History.Entry entry : history.entries()) {
            reigns.add(
                    0,
                    new TimelineTerm(
                            entry.timeline(),
                            before.flatMap(History.Entry::newLeader),
                            before.flatMap(History.Entry::at),
                            entry.at(),
                            Optional.of(entry.lsn()),
                            entry.reason(),
                            false));
            before = Optional.of(entry);
        }
        before.flatMap(last -> Timeline.of(last.timeline().number() + 1)
                        .map(next -> new TimelineTerm(
                                next, last.newLeader(), last.at(), Optional.empty(), Optional.empty(), "", true)))
                .ifPresent(present -> reigns.add(0, present));
        return reigns;
    }

    /** The length of the term, up to now for the present one; empty if a time is missing. */
    public Optional<Duration> lasted(Instant now) {
        Optional<Instant> end = present ? Optional.of(now) : ended.flatMap(TimelineTerm::instant);
        return began.flatMap(TimelineTerm::instant).flatMap(start -> end.map(last -> Duration.between(start, last)));
    }

    private static Optional<Instant> instant(PatroniTime moment) {
        return moment.time().map(OffsetDateTime::toInstant);
    }
}
