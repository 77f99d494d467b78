package io.patop.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.command.live.EventFormat;
import io.patop.command.shell.ExitCode;
import io.patop.probe.Numbers;
import io.patop.probe.Verdict;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Outage;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.ProbeTally;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of a run of the probe.
 *
 * @param status the probe's status
 * @param at the time of the end
 */
record ProbeSummary(ProbeStatus status, Instant at) {

    private static final int RANGES = 20;

    /** Returns 0 if no write is lost, 3 if no write was ever acknowledged, else 1. */
    int exitCode() {
        if (status.writes().acknowledged() == 0) {
            return ExitCode.UNREACHABLE;
        }
        boolean good = last().filter(Verdict::isGood).isPresent()
                && status.lost().isEmpty()
                && status.rivals().isEmpty();
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    String text() {
        ProbeTally writes = status.writes();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "probe",
                status.target().text() + ", table " + status.target().table() + ", "
                        + DurationText.text(Duration.between(writes.began(), at)));
        line(text, "writes", counts(writes));
        outages(text, "outages", writes);
        status.reads().ifPresent(reads -> {
            line(text, "reads", counts(reads));
            outages(text, "read outages", reads);
        });
        status.rivals()
                .ifPresent(rivals -> line(
                        text,
                        "two leaders",
                        rivals.one().text() + " and " + rivals.other().text() + " accepted writes at the same time"));
        line(text, "verdict", verdict());
        return text.toString();
    }

    private String verdict() {
        if (!status.lost().isEmpty()) {
            return "LOST: " + numbers(status.lost()) + " acknowledged and gone";
        }
        Optional<Verdict> last = last();
        if (last.isEmpty()) {
            return "none: what was written could not be read back";
        }
        Verdict found = last.get();
        if (!found.duplicates().isEmpty()) {
            return "twice there: " + numbers(found.duplicates());
        }
        if (!found.refusedThere().isEmpty()) {
            return "refused and there all the same: " + numbers(found.refusedThere());
        }
        long unknown = found.unknownThere().count() + found.unknownGone().count();
        return "nothing lost: all " + found.acknowledged() + " acknowledged writes are there"
                + (unknown == 0 ? "" : ", and " + found.unknownThere().count() + " of " + unknown + " unknown");
    }

    /** Returns one JSON object, in the form of the events before it. */
    String json() {
        ObjectNode object = new JsonMapper().createObjectNode();
        object.put("at", at.toString());
        object.put("kind", "probe_summary");
        object.put("database", status.target().database());
        object.put("table", status.target().table());
        status.target().pooler().ifPresent(pooler -> object.put("pooler", pooler.text()));
        tries(object, status.writes());
        status.reads().ifPresent(reads -> tries(object.putObject("reads"), reads));
        object.put("verified", last().isPresent());
        ranges(object.putArray("lost"), status.lost());
        last().ifPresent(found -> {
            ranges(object.putArray("unknown_there"), found.unknownThere());
            ranges(object.putArray("duplicates"), found.duplicates());
            ranges(object.putArray("refused_there"), found.refusedThere());
        });
        object.put("two_leaders", status.rivals().isPresent());
        return object.toString();
    }

    private void tries(ObjectNode object, ProbeTally tries) {
        object.put("acknowledged", tries.acknowledged());
        object.put("refused", tries.refused());
        object.put("unknown", tries.unknown());
        ArrayNode outages = object.putArray("outages");
        tries.outages().forEach(outage -> outage(outages.addObject(), outage));
        tries.outage().ifPresent(outage -> outage(outages.addObject(), outage));
        object.put(
                "longest_outage_seconds",
                tries.longestBy(at)
                        .map(MeasuredDuration::longest)
                        .map(ProbeSummary::seconds)
                        .orElse(0.0));
    }

    private void outage(ObjectNode object, Outage outage) {
        object.put("since", outage.since().toString());
        outage.until().ifPresent(until -> object.put("until", until.toString()));
        object.put("seconds", seconds(outage.lasted(at)));
        object.put("seconds_at_least", seconds(outage.measured(at).least()));
        object.put("refused", outage.refused());
        object.put("unknown", outage.unknown());
        object.put("cause", outage.cause());
    }

    private static void ranges(ArrayNode array, Numbers numbers) {
        numbers.ranges().forEach(range -> array.addArray().add(range.first()).add(range.last()));
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1000.0;
    }

    private Optional<Verdict> last() {
        return status.verdict().filter(Verdict::last);
    }

    private void outages(StringBuilder text, String title, ProbeTally tries) {
        if (tries.outagesSeen() == 0) {
            line(text, title, "none");
            return;
        }
        line(
                text,
                title,
                tries.outagesSeen() + ", the longest "
                        + tries.longestBy(at).map(DurationText::text).orElse("?"));
        tries.outages().forEach(outage -> line(text, "", text(outage)));
        tries.outage().ifPresent(outage -> line(text, "", text(outage) + ", and lasts"));
    }

    private String text(Outage outage) {
        return EventFormat.time(outage.since()) + "  " + DurationText.text(outage.measured(at)) + "  "
                + outage.refused()
                + " refused, " + outage.unknown() + " unknown"
                + (outage.cause().isEmpty() ? "" : ": " + outage.cause());
    }

    private static String counts(ProbeTally tries) {
        return tries.acknowledged() + " acknowledged, " + tries.refused() + " refused, " + tries.unknown() + " unknown";
    }

    private static String numbers(Numbers numbers) {
        return numbers.count() + (numbers.count() == 1 ? " write (" : " writes (") + numbers.text(RANGES) + ")";
    }

    private static void line(StringBuilder text, String title, String words) {
        text.append(String.format("%-13s", title)).append(Printable.line(words)).append('\n');
    }
}
