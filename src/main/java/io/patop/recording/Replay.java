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
 * Plays a recording as a source of observations, at their original intervals or faster. Its clock shows the
 * recording's time, so that ages are as they were.
 */
public final class Replay implements Consumer<Wind>, AutoCloseable {

    private final Clock wall;
    private final ScheduledExecutorService scheduler;
    private final Recording recording;
    private final Player player;

    @SuppressWarnings("NullAway.Init") // set by start
    private ScheduledFuture<?> next;

    private volatile Standing standing;

    /** A position of the replay, with the wall clock's time at which it was there. */
    private record Standing(Playback playback, Instant since) {}

    /**
     * A replay at the recording's beginning.
     *
     * @param recording to play; what was not read yet is read meanwhile, by this replay's thread only, and it is closed
     *     with this
     * @param session takes the observations
     * @param wall the clock that measures the passing time
     * @param scheduler one thread, this replay's own, which it shuts down when closed
     */
    public Replay(Recording recording, Session session, Clock wall, ScheduledExecutorService scheduler) {
        this.wall = wall;
        this.scheduler = scheduler;
        this.recording = recording;
        this.player = new Player(recording, session, session::resume, wall.instant());
        publish(wall.instant());
    }

    /**
     * Carries out these commands before it returns, so that the first frame shows the right position. Bugs are
     * thrown.
     */
    public void begin(List<Wind> winds) {
        CompletableFuture.runAsync(() -> winds.forEach(this::wind), scheduler).join();
    }

    /** Reads the rest of the recording bit by bit, between all else that this replay does. */
    public void readOn() {
        scheduler.execute(() -> {
            if (!recording.isWhole()) {
                recording.readOn();
                publish(wall.instant());
                readOn();
            }
        });
    }

    /** Carries out commands in the order in which they come. For any thread. */
    @Override
    public void accept(Wind wind) {
        scheduler.execute(() -> wind(wind));
    }

    private void wind(Wind wind) {
        player.wind(wind, wall.instant());
        advance();
    }

    /** The present position. */
    public Playback playback() {
        return standing.playback();
    }

    /** A clock that shows the recording's time. */
    public Clock clock() {
        return new RecordingClock();
    }

    /** Ends the replay. */
    @Override
    public void close() {
        if (!scheduler.isShutdown()) {
            scheduler.execute(() -> {
                recording.close();
                scheduler.shutdownNow();
            });
        }
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

    /** A clock that follows the replay, also between its steps. */
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
