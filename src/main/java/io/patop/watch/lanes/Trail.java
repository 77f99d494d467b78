package io.patop.watch.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The latest values of a figure, one a second at most.
 *
 * @param points oldest first, at most {@link #MOST}
 */
public record Trail(List<Point> points) {

    /** How many values are kept: five minutes of one a second. */
    public static final int MOST = 300;

    /** No value. */
    public static final Trail EMPTY = new Trail(List.of());

    private static final Duration APART = Duration.ofMillis(900);

    /**
     * A value of a figure.
     *
     * @param at when it was taken
     * @param value the figure
     */
    public record Point(Instant at, double value) {}

    public Trail {
        points = List.copyOf(points);
    }

    /** The trail with one more value; of two within a second the first is kept. */
    public Trail with(Instant at, double value) {
        if (last().filter(last -> Duration.between(last.at(), at).compareTo(APART) < 0)
                .isPresent()) {
            return this;
        }
        List<Point> longer = new ArrayList<>(points);
        longer.add(new Point(at, value));
        return new Trail(longer.subList(Math.max(0, longer.size() - MOST), longer.size()));
    }

    /** The latest value. */
    public Optional<Point> last() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
    }

    /** The value that was the latest at that time. */
    public Optional<Double> at(Instant time) {
        Optional<Double> found = Optional.empty();
        for (Point point : points) {
            if (point.at().isAfter(time)) {
                break;
            }
            found = Optional.of(point.value());
        }
        return found;
    }

    /** When the figure first was greater than that. */
    public Optional<Instant> firstAbove(double value) {
        return points.stream()
                .filter(point -> point.value() > value)
                .map(Point::at)
                .findFirst();
    }
}
