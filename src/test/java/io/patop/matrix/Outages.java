package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long nobody could write, as patop says. */
final class Outages {

    /** Less is no outage: a moment in which a busy machine does nothing. */
    private static final double SHORT = 1;

    private Outages() {}

    /** What is wrong with it. */
    static List<String> wrong(JsonNode report, List<ReducerStory> events, Truth witnessed, boolean probe) {
        List<String> wrong = new ArrayList<>();
        double truth = witnessed.longestOutage(probe).map(Span::seconds).orElse(0.0);
        double said = seconds(report, events, probe).orElse(0.0);
        if (!(probe ? isAsProbed(said, truth, witnessed) : isAsKnown(said, truth, witnessed))) {
            wrong.add(String.format(Locale.ROOT, "outage: %.2f s said, %.2f s truly", said, truth));
        }
        return wrong;
    }

    private static boolean isAsProbed(double said, double truth, Truth witnessed) {
        double difference = witnessed
                .longestProxied()
                .map(outage -> outage.difference(said))
                .orElse(said);
        return difference <= 0.2 || (truth < SHORT && said < SHORT);
    }

    /** Without a probe only Patroni's word is to be had, which may come seconds after PostgreSQL took writes. */
    private static boolean isAsKnown(double said, double truth, Truth witnessed) {
        double known = Math.max(
                truth, witnessed.untilPatroniSaysSo().map(Span::seconds).orElse(0.0));
        return (said >= truth || truth < SHORT) && said <= known + 2 * Span.seconds(EventJudge.TOLERANCE);
    }

    static String told(JsonNode report, List<ReducerStory> events, boolean probe) {
        return seconds(report, events, probe)
                .map(seconds -> String.format(Locale.ROOT, "%.2f s", seconds))
                .orElse("none");
    }

    /** With the probe what that saw; otherwise from the first sign until somebody is primary. */
    private static Optional<Double> seconds(JsonNode report, List<ReducerStory> events, boolean probe) {
        if (probe) {
            return events.stream()
                    .filter(event -> event.kind().equals("writes_back"))
                    .flatMap(event -> event.seconds().stream())
                    .max(Comparator.naturalOrder());
        }
        Optional<Double> longest = events.stream()
                .filter(event -> event.text().contains("nobody could write"))
                .flatMap(event -> event.seconds().stream())
                .max(Comparator.naturalOrder());
        for (JsonNode failover : report.path("failovers")) {
            JsonNode promoted = failover.path("seconds").path("promoted");
            if (promoted.isNumber() && promoted.asDouble() > longest.orElse(0.0)) {
                longest = Optional.of(promoted.asDouble());
            }
        }
        return longest;
    }
}
