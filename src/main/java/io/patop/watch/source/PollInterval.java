package io.patop.watch.source;

import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rule for how often nodes are asked: seldom in calm times, often during a failover and shortly after an event.
 * It is pure, so that sources need not know what a failover is.
 * @param calm the interval in calm times, 0.1 s to 1 h
 */
public record PollInterval(Duration calm) {

    /** The interval during a failover and shortly after an event. */
    public static final Duration QUICK = Duration.ofMillis(200);

    /** How long after an event more events are expected. */
    private static final Duration AFTERMATH = Duration.ofSeconds(15);

    /** How long a failover that makes no progress is still polled quickly. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    public PollInterval {
        if (calm.compareTo(Duration.ofMillis(100)) < 0 || calm.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("an interval is 0.1 s to 1 h, not " + DurationText.text(calm));
        }
    }

    /** The interval that the dashboard calls for at that time. */
    public Duration interval(Dashboard dashboard, Instant now) {
        return calm.compareTo(QUICK) > 0 && isEventful(dashboard, now) ? QUICK : calm;
    }

    private static boolean isEventful(Dashboard dashboard, Instant now) {
        boolean unserved = dashboard
                .failover()
                .filter(failover -> !failover.isServed())
                .filter(failover -> within(failover.lastPhaseAt(), PATIENCE, now))
                .isPresent();
        return unserved
                || lastEvent(dashboard).filter(at -> within(at, AFTERMATH, now)).isPresent();
    }

    private static Optional<Instant> lastEvent(Dashboard dashboard) {
        return dashboard.events().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        dashboard.events().get(dashboard.events().size() - 1).at());
    }

    private static boolean within(Instant at, Duration span, Instant now) {
        return Duration.between(at, now).compareTo(span) < 0;
    }
}
