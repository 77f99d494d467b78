package io.patop.screen.lanes;

import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Sparkline;
import io.patop.watch.lanes.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * A figure of the last minutes as a line of bars, with its scale.
 *
 * @param name of the figure
 * @param value the figure at a time; empty where it is not known
 * @param points the times at which it was taken, oldest first
 * @param now the time of the last column
 * @param words a value in words
 */
public record Graph(
        String name,
        Function<Instant, Optional<Double>> value,
        List<Instant> points,
        Instant now,
        DoubleFunction<String> words) {

    /** How long a time a graph shows. */
    public static final Duration SHOWN = Duration.ofMinutes(3);

    /** The graph of a trail. */
    public static Graph of(String name, Trail trail, Instant now, DoubleFunction<String> words) {
        return new Graph(
                name, trail::at, trail.points().stream().map(Trail.Point::at).toList(), now, words);
    }

    /** Returns the bars, the highest value of each column, and the last and the highest value in words. */
    public String line(int columns, Glyphs glyphs) {
        List<Optional<Double>> highest = highest(columns);
        List<Double> known = highest.stream().flatMap(Optional::stream).toList();
        if (known.isEmpty()) {
            return "unknown";
        }
        double most = known.stream().max(Double::compare).orElseThrow();
        Optional<Double> last = points.isEmpty() ? Optional.empty() : value.apply(points.get(points.size() - 1));
        return Sparkline.of(highest, columns, glyphs) + " "
                + last.map(words::apply).orElse(glyphs.unknown()) + ", 0 to " + words.apply(most);
    }

    private List<Optional<Double>> highest(int columns) {
        List<Optional<Double>> highest = new ArrayList<>();
        Duration step = SHOWN.dividedBy(columns);
        Instant first = now.minus(SHOWN);
        for (int i = 0; i < columns; i++) {
            Instant from = first.plus(step.multipliedBy(i));
            Instant to = from.plus(step);
            highest.add(points.stream()
                    .filter(at -> at.isAfter(from) && !at.isAfter(to))
                    .flatMap(at -> value.apply(at).stream())
                    .max(Double::compare));
        }
        return highest;
    }
}
