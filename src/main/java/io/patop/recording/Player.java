package io.patop.recording;

import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The position of a replay, and when its next observation is due. It has no clock and no thread: callers pass the
 * time and are told when to call again. Used by one thread.
 */
final class Player {

    private static final Duration JUST_PAST = Duration.ofSeconds(2);

    private final Recording recording;
    private final Consumer<Observation> sink;
    private final Consumer<Dashboard> jump;

    private int position;
    private boolean playing;
    private double speed = 1;

    /** The recording's time at {@link #since}. */
    private Instant at;

    private Instant since;

    /**
     * A player at the recording's beginning, paused.
     *
     * @param recording to play
     * @param sink takes each observation as it is played
     * @param jump takes the dashboard of another position when the replay moves there
     * @param now by the wall clock
     */
    Player(Recording recording, Consumer<Observation> sink, Consumer<Dashboard> jump, Instant now) {
        this.recording = recording;
        this.sink = sink;
        this.jump = jump;
        this.at = recording.startTime();
        this.since = now;
    }

    /**
     * Plays all observations that are due.
     *
     * @param now by the wall clock
     * @return the time from now to the next observation; empty if none comes by itself
     */
    Optional<Duration> advance(Instant now) {
        if (!playing) {
            return Optional.empty();
        }
        Instant shown = time(now);
        recording.readTo(shown);
        while (position < recording.size() && !recording.time(position + 1).isAfter(shown)) {
            sink.accept(recording.observation(position));
            position++;
        }
        if (position == recording.size()) {
            pause(now);
            return Optional.empty();
        }
        Duration ahead = Duration.between(shown, recording.time(position + 1));
        return Optional.of(Duration.ofNanos((long) Math.ceil(ahead.toNanos() / speed)));
    }

    /** Carries out a command to the replay. */
    void wind(Wind wind, Instant now) {
        wind.move(new Moved(now));
    }

    private final class Moved implements Wind.Moves {
        private final Instant now;

        Moved(Instant now) {
            this.now = now;
        }

        @Override
        public void playOrPause() {
            Player.this.playOrPause(now);
        }

        @Override
        public void step(int observations) {
            pause(now);
            Player.this.move(position + observations, now);
        }

        @Override
        public void byEvents(int events) {
            Player.this.byEvents(events, now);
        }

        @Override
        public void by(Duration time) {
            seek(time(now).plus(time), now);
        }

        @Override
        public void to(Duration sinceStart) {
            seek(recording.startTime().plus(sinceStart), now);
        }

        @Override
        public void speed(double times) {
            stand(time(now), now);
            speed = times;
        }
    }

    /** The recording's time at that moment. It stands still while the replay is paused, and never passes the end. */
    Instant time(Instant now) {
        if (!playing) {
            return at;
        }
        double nanos = Math.max(0, Duration.between(since, now).toNanos()) * speed;
        Instant time = at.plusNanos((long) Math.min(nanos, Long.MAX_VALUE / 4.0));
        return recording.isWhole() && time.isAfter(recording.endTime()) ? recording.endTime() : time;
    }

    Playback playback(Instant now) {
        return new Playback(
                recording.startTime(),
                recording.endTime(),
                time(now),
                position,
                recording.size(),
                recording.events(position),
                recording.end().eventsSeen(),
                speed,
                playing,
                recording.isWhole(),
                recording.flaw());
    }

    private void playOrPause(Instant now) {
        if (playing) {
            pause(now);
            return;
        }
        if (position == recording.size()) {
            move(0, now);
        }
        stand(at, now);
        playing = true;
    }

    private void pause(Instant now) {
        stand(time(now), now);
        playing = false;
    }

    private void byEvents(int events, Instant now) {
        List<Recording.Mark> marks = recording.marks();
        int before = 0;
        while (before < marks.size() && marks.get(before).position() <= position) {
            before++;
        }
        // Just after an event, "back by one event" means the one before it.
        boolean onMark = before > 0 && isJustPast(marks.get(before - 1), now);
        int target = events > 0 ? before + events - 1 : before + events - (onMark ? 1 : 0);
        recording.readToMark(target + 1);
        if (target < 0) {
            move(0, now);
        } else if (target < marks.size()) {
            move(marks.get(target).position(), now);
        }
    }

    private boolean isJustPast(Recording.Mark mark, Instant now) {
        Duration past = Duration.between(recording.time(mark.position()), time(now));
        return mark.position() == position || (playing && past.toNanos() < JUST_PAST.toNanos() * speed);
    }

    private void seek(Instant target, Instant now) {
        recording.readTo(target);
        Instant start = recording.startTime();
        Instant end = recording.endTime();
        Instant bounded = target.isBefore(start) ? start : target.isAfter(end) ? end : target;
        go(recording.position(bounded), bounded, now);
    }

    private void move(int target, Instant now) {
        recording.readTo(target);
        int bounded = Math.max(0, Math.min(recording.size(), target));
        go(bounded, bounded == 0 ? recording.startTime() : recording.time(bounded), now);
    }

    private void go(int target, Instant time, Instant now) {
        position = target;
        stand(time, now);
        jump.accept(recording.dashboard(target));
    }

    private void stand(Instant time, Instant now) {
        at = time;
        since = now;
    }
}
