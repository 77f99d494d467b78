package io.patop.drill;

import io.patop.probe.Numbers;
import io.patop.probe.Verdict;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Outage;
import io.patop.watch.model.ProbeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The counts of the write probe at one moment, so that a run's own results can be separated from earlier ones.
 *
 * @param lost acknowledged writes that are missing
 * @param unknown the number of writes with an unknown outcome
 * @param unknownThere how many of those exist
 * @param duplicates writes that exist more than once
 */
record ProbeCounts(Numbers lost, long unknown, long unknownThere, Numbers duplicates) {

    static ProbeCounts by(Dashboard dashboard) {
        Optional<ProbeStatus> probe = dashboard.probe();
        Optional<Verdict> verdict = probe.flatMap(ProbeStatus::verdict);
        return new ProbeCounts(
                probe.map(ProbeStatus::lost).orElse(Numbers.NONE),
                probe.map(status -> status.writes().unknown()).orElse(0L),
                verdict.map(found -> found.unknownThere().count()).orElse(0L),
                verdict.map(Verdict::duplicates).orElse(Numbers.NONE));
    }

    /** The results since these counts, for a fault at that time. */
    DrillRun.Writes since(Dashboard dashboard, Instant fault, Instant now) {
        ProbeCounts all = by(dashboard);
        Optional<Outage> outage = longest(dashboard, fault, now);
        return new DrillRun.Writes(
                outage.map(found -> found.measured(now)).orElse(MeasuredDuration.exactly(Duration.ZERO)),
                outage.map(Outage::since),
                isVerified(dashboard, fault),
                all.lost.without(lost),
                Math.max(0, all.unknown - unknown),
                Math.max(0, all.unknownThere - unknownThere),
                all.duplicates.without(duplicates));
    }

    /** The longest outage that ended after the fault, or has not ended. */
    private static Optional<Outage> longest(Dashboard dashboard, Instant fault, Instant now) {
        Stream<Outage> over = outages(dashboard)
                .filter(outage -> outage.until().filter(fault::isBefore).isPresent());
        Stream<Outage> lasting =
                dashboard.probe().flatMap(probe -> probe.writes().outage()).stream();
        return Stream.concat(over, lasting).max(Comparator.comparing(outage -> outage.lasted(now)));
    }

    private static Stream<Outage> outages(Dashboard dashboard) {
        return dashboard.probe().stream().flatMap(probe -> probe.writes().outages().stream());
    }

    /** Whether the rows have been read back since the last outage after the fault; true if there was none. */
    static boolean isVerified(Dashboard dashboard, Instant fault) {
        Optional<Instant> over = outages(dashboard)
                .flatMap(outage -> outage.until().stream())
                .filter(fault::isBefore)
                .max(Comparator.naturalOrder());
        return over.isEmpty()
                || dashboard
                        .probe()
                        .flatMap(ProbeStatus::verdict)
                        .filter(verdict -> !verdict.at().isBefore(over.get()))
                        .isPresent();
    }
}
