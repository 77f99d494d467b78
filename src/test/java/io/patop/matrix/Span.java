package io.patop.matrix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of time: in which something changed, or that something lasted.
 *
 * @param from its beginning
 * @param to its end
 */
record Span(Instant from, Instant to) {

    static Span at(Instant moment) {
        return new Span(moment, moment);
    }

    Duration length() {
        return Duration.between(from, to);
    }

    /** Whether the moment lies within it, or near it. */
    boolean isNear(Instant moment, Duration earlier, Duration later) {
        return !moment.isBefore(from.minus(earlier)) && !moment.isAfter(to.plus(later));
    }

    /** In order, and one where several are less than a second apart: one change that several have told of. */
    static List<Span> merged(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.from().isBefore(last.to().plusSeconds(1))) {
                Instant end = span.to().isAfter(last.to()) ? span.to() : last.to();
                merged.set(merged.size() - 1, new Span(last.from(), end));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", seconds(duration));
    }
}
