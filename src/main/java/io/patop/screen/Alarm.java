package io.patop.screen;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rings the terminal's bell and sends its notification on bad news and on a change of leader, for a person who looks
 * elsewhere. It rings at most once a second, so that a storm of events is one call. Used on the screen's thread.
 */
public final class Alarm {

    /** An alarm that never rings. */
    public static final Alarm NONE = new Alarm(text -> {});

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    /** The terminal's bell and notification. */
    public interface Bell {
        /** Rings the bell and shows the text, which may hold anything. */
        void ring(String text) throws IOException;
    }

    private final Bell bell;
    private final List<Event> waiting = new ArrayList<>();
    private long told;
    private long rungAt;
    private boolean rung;

    public Alarm(Bell bell) {
        this.bell = bell;
    }

    /**
     * Rings if an event that is worth it has happened since the last call.
     *
     * @param dashboard the present dashboard
     * @param nanos the monotonic time
     */
    public void heed(Dashboard dashboard, long nanos) throws IOException {
        List<Event> events = dashboard.events();
        long news = Math.max(0, Math.min(events.size(), dashboard.eventsSeen() - told));
        told = dashboard.eventsSeen();
        events.subList((int) (events.size() - news), events.size()).stream()
                .filter(Alarm::isWorthIt)
                .forEach(waiting::add);
        if (waiting.isEmpty() || (rung && nanos - rungAt < PAUSE)) {
            return;
        }
        rung = true;
        rungAt = nanos;
        String more = waiting.size() > 1 ? " (and " + (waiting.size() - 1) + " more)" : "";
        bell.ring(dashboard.identity().scope().map(scope -> scope + ": ").orElse("")
                + waiting.get(0).text()
                + more);
        waiting.clear();
    }

    private static boolean isWorthIt(Event event) {
        return event.kind().tone() == Event.Tone.BAD
                || event.kind() == Event.Kind.LEADER_CHANGED
                || event.kind() == Event.Kind.PROMOTED
                || event.kind() == Event.Kind.LEADER_RESTARTED;
    }
}
