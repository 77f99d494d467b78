package io.patop.screen.lanes;

import io.patop.text.ByteText;
import io.patop.text.DurationText;
import io.patop.watch.lanes.GraphedFigures;
import io.patop.watch.lanes.Trail;
import io.patop.watch.model.Dashboard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The graphs of one member: its API's answer time, its WAL a second, and how far it is behind the leader. */
public final class MemberGraphs {

    /** How long a time they show. */
    public static final Duration SHOWN = Graph.SHOWN;

    private MemberGraphs() {}

    /** Returns the graphs; none for a member whose figures are not kept. */
    public static List<Graph> of(Dashboard dashboard, String member, Instant now) {
        GraphedFigures figures = dashboard.lanes().figures();
        Trail answers = figures.answerTimes().getOrDefault(member, Trail.EMPTY);
        Trail own = figures.positions().getOrDefault(member, Trail.EMPTY);
        List<Graph> graphs = new ArrayList<>();
        if (!answers.points().isEmpty()) {
            graphs.add(Graph.of("answer time", answers, now, millis -> Math.round(millis) + " ms"));
        }
        List<Instant> times = own.points().stream().map(Trail.Point::at).toList();
        if (!times.isEmpty()) {
            graphs.add(
                    new Graph("WAL a second", at -> rate(own, at), times, now, bytes -> ByteText.text((long) bytes)));
        }
        Optional<Trail> leader = dashboard
                .leadership()
                .present()
                .filter(name -> !name.equals(member))
                .map(name -> figures.positions().getOrDefault(name, Trail.EMPTY));
        leader.filter(ahead -> !times.isEmpty() && !ahead.points().isEmpty()).ifPresent(ahead -> {
            graphs.add(new Graph(
                    "lag in bytes", at -> lag(own, ahead, at), times, now, bytes -> ByteText.text((long) bytes)));
            graphs.add(new Graph(
                    "lag in time",
                    at -> behind(own, ahead, at),
                    times,
                    now,
                    seconds -> DurationText.text(Duration.ofMillis(Math.round(seconds * 1000)))));
        });
        return graphs;
    }

    /** Bytes of WAL a second up to that time, since the value before. */
    private static Optional<Double> rate(Trail trail, Instant at) {
        List<Trail.Point> points = trail.points();
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).at().equals(at)) {
                Trail.Point before = points.get(i - 1);
                double seconds = Duration.between(before.at(), at).toMillis() / 1000.0;
                return seconds <= 0
                        ? Optional.empty()
                        : Optional.of(Math.max(0, points.get(i).value() - before.value()) / seconds);
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> lag(Trail own, Trail leader, Instant at) {
        return leader.at(at).flatMap(ahead -> own.at(at).map(here -> Math.max(0, ahead - here)));
    }

    /** Seconds since the leader was first seen beyond the member's own position; 0 if it is not beyond it. */
    private static Optional<Double> behind(Trail own, Trail leader, Instant at) {
        return own.at(at).flatMap(here -> leader.at(at)
                .map(ahead -> ahead <= here
                        ? 0.0
                        : leader.firstAbove(here)
                                .map(since ->
                                        Math.max(0, Duration.between(since, at).toMillis() / 1000.0))
                                .orElse(0.0)));
    }
}
