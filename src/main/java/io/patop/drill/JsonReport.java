package io.patop.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Timeline;
import io.patop.probe.ClientLoad;
import io.patop.probe.Numbers;
import io.patop.watch.bill.Bill;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** A report as one JSON object, for programs. Durations are in seconds; unknown values are null. */
public final class JsonReport {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    /** The whole report as indented JSON. */
    public static String of(DrillReport report) {
        ObjectNode all = JSON.createObjectNode();
        all.put("cluster", report.cluster());
        all.put("met", report.isMet());
        all.put("verdict", report.verdict());
        all.put("began", report.began().toString());
        all.put("ended", report.ended().toString());
        all.set("plan", plan(report.plan()));
        all.set("settings", settings(report.settings()));
        all.put("probe", report.probe());
        ArrayNode runs = all.putArray("runs");
        report.runs().forEach(run -> runs.add(run(run, report.plan().goals())));
        all.set("outage", spread(report.outages()));
        all.set("whole_again", spread(report.wholes()));
        all.put("lost", report.lost().count());
        all.set("lost_numbers", numbers(report.lost()));
        texts(all.putArray("missed"), report.missed());
        texts(all.putArray("still_broken"), report.broken());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON that is none", impossible);
        }
    }

    private static ObjectNode plan(DrillPlan plan) {
        ObjectNode node = JSON.createObjectNode();
        texts(
                node.putArray("faults"),
                plan.faults().stream().map(PlannedFault::word).toList());
        node.put("target", plan.target().text());
        node.put("repetitions", plan.repetitions());
        seconds(node, "max_outage", plan.goals().maxOutage());
        node.put("max_lost", plan.goals().maxLost());
        return node;
    }

    private static ObjectNode settings(Settings settings) {
        ObjectNode node = JSON.createObjectNode();
        node.put("ttl", settings.ttl().toSeconds());
        node.put("loop_wait", settings.loopWait().toSeconds());
        node.put("retry_timeout", settings.retryTimeout().toSeconds());
        node.put("maximum_lag_on_failover", settings.maximumLagOnFailover());
        node.put("synchronous_mode", settings.synchronousMode());
        texts(node.putArray("members"), settings.members());
        texts(node.putArray("patroni"), settings.patroni());
        texts(node.putArray("postgres"), settings.postgres());
        return node;
    }

    private static ObjectNode run(DrillRun run, Objectives goals) {
        ObjectNode node = JSON.createObjectNode();
        node.put("run", run.number());
        node.put("fault", run.fault().word());
        node.put("member", run.member());
        node.put("role", run.role());
        node.put("began", run.began().toString());
        Optional<DrillRun.Change> change = run.change();
        node.put("outcome", change.map(known -> known.outcome().text()).orElse(null));
        node.put("new_leader", change.flatMap(DrillRun.Change::newLeader).orElse(null));
        node.put("timeline_before", timeline(change.flatMap(DrillRun.Change::from)));
        node.put("timeline_after", timeline(change.flatMap(DrillRun.Change::to)));
        seconds(node, "outage", Optional.of(run.writes().outage()));
        seconds(node, "outage_at_least", Optional.of(run.writes().measured().least()));
        run.expected().ifPresent(range -> {
            ObjectNode expected = node.putObject("outage_expected");
            seconds(expected, "least", Optional.of(range.least()));
            seconds(expected, "most", Optional.of(range.most()));
        });
        node.put(
                "outage_began", run.writes().outageBegan().map(Object::toString).orElse(null));
        node.put(
                "outage_ended", run.writes().outageEnded().map(Object::toString).orElse(null));
        ObjectNode phases = node.putObject("phases");
        run.stretches()
                .forEach(stretch -> seconds(
                        phases,
                        stretch.phase().name().toLowerCase(java.util.Locale.ROOT),
                        Optional.of(stretch.from().plus(stretch.took()))));
        run.bill().ifPresent(bill -> bill(node, bill));
        seconds(node, "whole_again", run.whole());
        node.put("verified", run.writes().verified());
        node.put("lost", run.writes().lost());
        node.set("lost_numbers", numbers(run.writes().lostNumbers()));
        node.put("unknown", run.writes().unknown());
        node.put("unknown_there", run.writes().unknownThere());
        node.set("duplicates", numbers(run.writes().duplicates()));
        texts(node.putArray("missed"), goals.missedBy(run));
        run.evidence().ifPresent(place -> node.put("evidence", place));
        run.clients().ifPresent(load -> clients(node.putObject("clients"), load));
        return node;
    }

    private static void clients(ObjectNode node, ClientLoad load) {
        node.put("number", load.clients());
        load.periods().forEach((period, counts) -> {
            ObjectNode one = node.putObject(period.text());
            one.put("writes", counts.writes());
            seconds(one, "p50", counts.waits().map(ClientLoad.Percentiles::p50));
            seconds(one, "p95", counts.waits().map(ClientLoad.Percentiles::p95));
            seconds(one, "p99", counts.waits().map(ClientLoad.Percentiles::p99));
            seconds(one, "max", counts.waits().map(ClientLoad.Percentiles::max));
            one.put("waiting", counts.waiting());
            one.put("connections_refused", counts.refused());
            one.put("writes_failed", counts.failed());
            one.put("reconnects", counts.reconnects());
        });
    }

    private static void bill(ObjectNode node, Bill bill) {
        ArrayNode pieces = node.putArray("bill");
        bill.pieces().forEach(piece -> {
            ObjectNode one = pieces.addObject();
            one.put("stage", piece.stage().name().toLowerCase(java.util.Locale.ROOT));
            seconds(one, "seconds", Optional.of(piece.took()));
            one.put("rule", piece.rule());
        });
        ArrayNode advice = node.putArray("advice");
        bill.advice().forEach(each -> {
            ObjectNode one = advice.addObject();
            one.put("change", each.change());
            ObjectNode settings = one.putObject("settings");
            each.settings().forEach(settings::putPOJO);
            seconds(one, "saves", Optional.of(each.saves()));
            one.put("price", each.price());
        });
    }

    @SuppressWarnings("NullAway") // null is JSON's own
    private static Long timeline(Optional<Timeline> timeline) {
        return timeline.map(Timeline::number).orElse(null);
    }

    private static ObjectNode spread(Optional<Statistics> spread) {
        ObjectNode node = JSON.createObjectNode();
        seconds(node, "min", spread.map(Statistics::least));
        seconds(node, "median", spread.map(Statistics::median));
        seconds(node, "max", spread.map(Statistics::most));
        return node;
    }

    /** The numbers as ranges, as {@code [[4, 6], [9, 9]]}, since a lost hour is a single range. */
    private static ArrayNode numbers(Numbers numbers) {
        ArrayNode node = JSON.createArrayNode();
        numbers.ranges().forEach(range -> node.addArray().add(range.first()).add(range.last()));
        return node;
    }

    private static void seconds(ObjectNode node, String name, Optional<Duration> span) {
        node.put(name, span.map(known -> known.toMillis() / 1000.0).orElse(null));
    }

    private static void texts(ArrayNode node, Collection<String> texts) {
        texts.forEach(node::add);
    }
}
