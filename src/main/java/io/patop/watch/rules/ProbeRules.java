package io.patop.watch.rules;

import io.patop.probe.Numbers;
import io.patop.probe.Outcome;
import io.patop.probe.Read;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Outage;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.ProbeTally;
import io.patop.watch.model.ServerNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for the write probe's reports: outages, losses, and two servers that accept writes. */
final class ProbeRules {

    /** How many ranges of lost numbers an event names. */
    private static final int RANGES = 5;

    private ProbeRules() {}

    static void started(DashboardBuilder draft, Observation.ProbeStarted started) {
        draft.probe = Optional.of(ProbeStatus.begun(started.target(), draft.at));
    }

    static void wrote(DashboardBuilder draft, Observation.ProbeWrote wrote) {
        if (draft.probe.isPresent()) {
            wrote.writes().forEach(write -> wrote(draft, write));
        }
    }

    static void read(DashboardBuilder draft, Observation.ProbeRead read) {
        if (draft.probe.isPresent()) {
            read.reads().forEach(one -> read(draft, one));
        }
    }

    static void verified(DashboardBuilder draft, Observation.ProbeVerified verified) {
        draft.probe.ifPresent(status -> verified(draft, status, verified.verdict()));
    }

    static void foundRivals(DashboardBuilder draft, Observation.ProbeFoundRivals rivals) {
        draft.probe.ifPresent(status -> rivals(draft, status, rivals));
    }

    /** Notes the end of the probe. A probe that failed before its first write becomes an event too. */
    static void ended(DashboardBuilder draft, Observation.ProbeEnded ended) {
        if (draft.probe.isPresent()) {
            ended(draft, draft.probe.get(), ended);
        } else {
            ended.why()
                    .ifPresent(why -> draft.event(Event.Kind.PROBE_FAILED, "the probe cannot write: " + why.message()));
        }
    }

    private static void wrote(DashboardBuilder draft, Write write) {
        ProbeStatus status = draft.probe.orElseThrow();
        ProbeTally before = status.writes();
        if (write.isAcknowledged()) {
            ProbeTally after = before.withAcknowledged(write.began(), write.ended(), write.server());
            draft.probe = Optional.of(status.withWrites(after));
            boolean moved = write.server().isPresent()
                    && before.server().isPresent()
                    && !write.server().equals(before.server());
            if (isOver(before, after)) {
                tellOver(draft, after, write.server());
            } else if (moved) {
                FailoverRules.firstWrite(draft, write.ended());
            }
        } else {
            ProbeTally after = before.withFailed(write.began(), write.ended(), write.outcome(), write.detail());
            draft.probe = Optional.of(status.withWrites(after));
            if (before.outage().isEmpty() && after.outage().isPresent()) {
                FailoverRules.writesFail(draft);
                draft.event(new Event(
                        write.ended(),
                        Event.Kind.WRITES_FAIL,
                        Optional.empty(),
                        (write.outcome() == Outcome.REFUSED ? "writes are refused: " : "writes get no answer: ")
                                + write.detail() + "; the last was acknowledged "
                                + DurationText.text(Duration.between(
                                        before.lastAcknowledged().orElse(before.began()), write.ended()))
                                + " before",
                        Optional.empty()));
            }
        }
    }

    /** Whether an outage has ended. One that nobody had noticed is both new and over. */
    private static boolean isOver(ProbeTally before, ProbeTally after) {
        return after.outage().isEmpty() && (before.outage().isPresent() || after.outagesSeen() > before.outagesSeen());
    }

    private static void tellOver(DashboardBuilder draft, ProbeTally after, Optional<Server> by) {
        Outage last = after.outages().get(after.outages().size() - 1);
        Instant until = last.until().orElse(draft.at);
        draft.event(new Event(
                until,
                Event.Kind.WRITES_BACK,
                by.flatMap(server -> ServerNames.member(draft.members(), server)),
                "writes are acknowledged again" + by(draft, by) + failures(last),
                last.length()));
        FailoverRules.firstWrite(draft, until);
    }

    private static void read(DashboardBuilder draft, Read read) {
        ProbeStatus status = draft.probe.orElseThrow();
        ProbeTally before = status.reads().orElseGet(() -> ProbeTally.begun(read.began()));
        ProbeTally after = read.answered()
                ? before.withAcknowledged(read.began(), read.ended(), read.server())
                : before.withFailed(read.began(), read.ended(), Outcome.REFUSED, read.detail());
        draft.probe = Optional.of(status.withReads(after));
        if (before.outage().isEmpty() && after.outage().isPresent()) {
            draft.event(event(read.ended(), Event.Kind.READS_FAIL, "reads fail: " + read.detail(), Optional.empty()));
        }
        if (isOver(before, after)) {
            Outage last = after.outages().get(after.outages().size() - 1);
            draft.event(event(
                    last.until().orElse(read.ended()),
                    Event.Kind.READS_BACK,
                    "reads are answered again" + by(draft, read.server()),
                    last.length()));
        }
    }

    private static void verified(DashboardBuilder draft, ProbeStatus status, Verdict verdict) {
        boolean anew = !verdict.lost().without(status.lost()).isEmpty();
        draft.probe = Optional.of(status.withVerdict(verdict));
        if (!verdict.isGood()) {
            if (anew || verdict.last() || verdict.lost().isEmpty()) {
                draft.event(Event.Kind.WRITES_LOST, bad(verdict));
            }
            return;
        }
        if (!verdict.last() && !isAfterTrouble(status, verdict)) {
            return;
        }
        long unknown = verdict.unknownThere().count() + verdict.unknownGone().count();
        draft.event(
                Event.Kind.WRITES_VERIFIED,
                "nothing is lost: all " + verdict.acknowledged() + " acknowledged writes are there"
                        + (unknown == 0
                                ? ""
                                : ", and " + verdict.unknownThere().count() + " of " + unknown + " unknown"));
    }

    /**
     * Whether nobody could write at some time since the verdict before. A periodic verdict without that is no event.
     */
    private static boolean isAfterTrouble(ProbeStatus before, Verdict verdict) {
        Instant last = before.verdict().map(Verdict::at).orElse(Instant.MIN);
        List<Outage> outages = before.writes().outages();
        return !outages.isEmpty()
                && outages.get(outages.size() - 1).until().orElse(verdict.at()).isAfter(last);
    }

    private static String bad(Verdict verdict) {
        List<String> parts = new ArrayList<>();
        add(parts, verdict.lost(), "LOST: acknowledged and gone: ");
        add(parts, verdict.duplicates(), "there more than once: ");
        add(parts, verdict.refusedThere(), "refused and there all the same: ");
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, Numbers numbers, String what) {
        if (!numbers.isEmpty()) {
            parts.add(what
                    + numbers.count()
                    + (numbers.count() == 1 ? " write, number " : " writes, numbers ")
                    + numbers.text(RANGES));
        }
    }

    private static void rivals(DashboardBuilder draft, ProbeStatus status, Observation.ProbeFoundRivals found) {
        draft.probe = Optional.of(status.withRivals(new ProbeStatus.Rivals(draft.at, found.one(), found.other())));
        if (status.rivals().isEmpty()) {
            draft.event(
                    Event.Kind.TWO_WRITABLE,
                    "TWO SERVERS ACCEPT WRITES: " + named(draft, found.one()) + " and " + named(draft, found.other()));
        }
    }

    private static void ended(DashboardBuilder draft, ProbeStatus status, Observation.ProbeEnded ended) {
        ProbeTally last = status.writes().withLastTry();
        draft.probe = Optional.of(status.withWrites(last).ended(new ProbeStatus.End(draft.at, ended.why())));
        if (isOver(status.writes(), last)) {
            tellOver(draft, last, last.server());
        }
        ended.why().ifPresent(why -> draft.event(Event.Kind.PROBE_FAILED, "the probe cannot write: " + why.message()));
    }

    private static Event event(Instant at, Event.Kind kind, String text, Optional<MeasuredDuration> took) {
        return new Event(at, kind, Optional.empty(), text, took);
    }

    private static String failures(Outage outage) {
        List<String> parts = new ArrayList<>();
        if (outage.refused() > 0) {
            parts.add(outage.refused() + " refused");
        }
        if (outage.unknown() > 0) {
            parts.add(outage.unknown() + " unknown");
        }
        return parts.isEmpty() ? "" : "; meanwhile " + String.join(", ", parts);
    }

    private static String by(DashboardBuilder draft, Optional<Server> server) {
        return server.map(known -> ", by " + named(draft, known)).orElse("");
    }

    private static String named(DashboardBuilder draft, Server server) {
        return ServerNames.text(draft.members(), server);
    }
}
