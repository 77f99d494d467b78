package io.patop.recording;

import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.watch.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A recording as a source of observations: they come when they came, or as much faster as is wished. Its clock is
 * the recording's, so that ages are what they were.
 */
public final class Replay implements Consumer<Wind>, AutoCloseable {

    private final Clock wall;
    private final ScheduledExecutorService scheduler;
    private final Player player;
    private ScheduledFuture<?> next;
    private volatile Standing standing;

    /** Where it stood, and when that was by the clock on the wall. */
    private record Standing(Playback playback, Instant since) {}

    /**
     * A replay that stands at the recording's beginning.
     *
     * @param recording to play
     * @param session takes the observations
     * @param wall the clock that tells how much time goes by
     * @param scheduler one thread, this replay's own, which it shuts down when closed
     */
    public Replay(Recording recording, Session session, Clock wall, ScheduledExecutorService scheduler) {
        this.wall = wall;
        this.scheduler = scheduler;
        this.player = new Player(recording, session, session::resume, wall.instant());
        publish(wall.instant());
    }

    /** Winds it so before this returns: the first picture is the one that was asked for. Bugs are thrown. */
    public void begin(List<Wind> winds) {
        CompletableFuture.runAsync(() -> winds.forEach(this::wind), scheduler).join();
    }

    /** Plays, or winds as it is told, in the order in which it is told. For any thread. */
    @Override
    public void accept(Wind wind) {
        scheduler.execute(() -> wind(wind));
    }

    private void wind(Wind wind) {
        player.wind(wind, wall.instant());
        advance();
    }

    /** Where it stands. */
    public Playback playback() {
        return standing.playback();
    }

    /** The recording's time. */
    public Clock clock() {
        return new RecordingClock();
    }

    /** Ends it; nothing is played any more. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void advance() {
        if (next != null) {
            next.cancel(false);
        }
        player.advance(wall.instant())
                .ifPresent(wait -> next = scheduler.schedule(this::advance, wait.toNanos(), TimeUnit.NANOSECONDS));
        publish(wall.instant());
    }

    private void publish(Instant now) {
        standing = new Standing(player.playback(now), now);
    }

    /** Goes as the replay does, between its steps too. */
    private final class RecordingClock extends Clock {

        @Override
        public Instant instant() {
            Standing stood = standing;
            Playback shown = stood.playback();
            if (!shown.playing()) {
                return shown.at();
            }
            long passed =
                    Math.max(0, Duration.between(stood.since(), wall.instant()).toNanos());
            Instant time = shown.at().plusNanos((long) (passed * shown.speed()));
            return time.isAfter(shown.end()) ? shown.end() : time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("a recording's clock has no zone");
        }
    }
}
