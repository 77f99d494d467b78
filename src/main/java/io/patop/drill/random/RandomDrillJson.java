package io.patop.drill.random;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.history.Anomaly;
import io.patop.history.OperationText;
import java.util.List;

/** The report of a random drill as one JSON object, for programs. Durations are in seconds. */
public final class RandomDrillJson {

    private static final JsonMapper JSON = new JsonMapper();

    private RandomDrillJson() {}

    /** Returns the whole report as indented JSON. */
    public static String of(RandomDrillReport report) {
        ObjectNode all = JSON.createObjectNode();
        all.put("cluster", report.cluster());
        all.put("good", report.isGood());
        all.put("verdict", report.verdict());
        all.put("ending", report.run().ending().text());
        all.put("began", report.began().toString());
        all.put("length", report.length().toMillis() / 1000.0);
        all.put("plan", report.plan());
        texts(all.putArray("settings"), report.settings());
        all.put("claim", report.claims().durability().text());
        all.set("operations", counts(HistoryCounts.of(report.run().history())));
        anomalies(all.putArray("violations"), report.run().check().violations());
        anomalies(all.putArray("findings"), report.run().check().findings());
        ObjectNode totals = all.putObject("totals");
        report.run().check().totals().forEach((kind, count) -> totals.put(kind.text(), count));
        texts(all.putArray("left_out"), report.run().leftOut());
        all.put("script", report.run().schedule().script());
        all.putNull("shrunk");
        report.shrunk().ifPresent(shrunk -> {
            ObjectNode node = all.putObject("shrunk");
            node.put("tries", shrunk.tries());
            node.put("faults", shrunk.run().schedule().faults().size());
            node.put("script", shrunk.run().schedule().script());
            anomalies(node.putArray("violations"), shrunk.run().check().violations());
        });
        all.put("again", report.again());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON that is none", impossible);
        }
    }

    private static ObjectNode counts(HistoryCounts counts) {
        return JSON.createObjectNode()
                .put("acknowledged", counts.acknowledged())
                .put("refused", counts.refused())
                .put("unknown", counts.unknown())
                .put("reads_answered", counts.answered())
                .put("reads_unanswered", counts.unanswered());
    }

    private static void anomalies(ArrayNode array, List<Anomaly> anomalies) {
        for (Anomaly anomaly : anomalies) {
            ObjectNode node = array.addObject();
            node.put("kind", anomaly.kind().text());
            node.put("text", anomaly.text());
            texts(
                    node.putArray("proof"),
                    anomaly.proof().stream().map(OperationText::of).toList());
        }
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
