package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.probe.Numbers;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of the write probe: its target, its tries, and the result of reading back.
 *
 * @param target the database and how it is written to, without secrets
 * @param writes so far
 * @param reads so far, if reads are probed too
 * @param verdict the last result of reading back
 * @param lost acknowledged writes that any verdict found missing
 * @param rivals two servers that accepted writes at the same time, the last time that was seen
 * @param end empty while the probe runs
 */
public record ProbeStatus(
        ProbeTarget target,
        ProbeTally writes,
        Optional<ProbeTally> reads,
        Optional<Verdict> verdict,
        Numbers lost,
        Optional<Rivals> rivals,
        Optional<End> end) {

    /**
     * Two servers that accepted writes at the same time.
     *
     * @param at when that was seen
     * @param one the first of them
     * @param other the second of them
     */
    public record Rivals(Instant at, Server one, Server other) {}

    /**
     * The end of the probe.
     *
     * @param at when
     * @param why the reason; empty if it was told to end
     */
    public record End(Instant at, Optional<Failure> why) {}

    public static ProbeStatus begun(ProbeTarget target, Instant at) {
        return new ProbeStatus(
                target,
                ProbeTally.begun(at),
                target.reads().map(reads -> ProbeTally.begun(at)),
                Optional.empty(),
                Numbers.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the probe is still running. */
    public boolean isRunning() {
        return end.isEmpty();
    }

    public ProbeStatus unwatched(MonitoringGap gap) {
        return isRunning()
                ? new ProbeStatus(
                        target,
                        writes.unwatched(gap),
                        reads.map(tries -> tries.unwatched(gap)),
                        verdict,
                        lost,
                        rivals,
                        end)
                : this;
    }

    public ProbeStatus withWrites(ProbeTally now) {
        return new ProbeStatus(target, now, reads, verdict, lost, rivals, end);
    }

    public ProbeStatus withReads(ProbeTally now) {
        return new ProbeStatus(target, writes, Optional.of(now), verdict, lost, rivals, end);
    }

    public ProbeStatus withVerdict(Verdict now) {
        return new ProbeStatus(target, writes, reads, Optional.of(now), lost.and(now.lost()), rivals, end);
    }

    public ProbeStatus withRivals(Rivals now) {
        return new ProbeStatus(target, writes, reads, verdict, lost, Optional.of(now), end);
    }

    public ProbeStatus ended(End now) {
        return new ProbeStatus(target, writes, reads, verdict, lost, rivals, Optional.of(now));
    }
}
