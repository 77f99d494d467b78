package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.watch.Session;
import io.patop.watch.Trace;
import io.patop.watch.model.Dashboard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded real failover, played and wound by a clock that the test sets. */
class PlayerTest {

    @TempDir
    Path directory;

    private final Session shown = new Session();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private Recording recording;
    private Player player;

    @BeforeEach
    void recorded() throws Exception {
        recording = Recorded.cleanStop(directory);
        player = new Player(recording, shown, shown::resume, now);
    }

    @Test
    void itStandsAtTheBeginningUntilItIsPlayed() {
        assertThat(player.advance(now)).isEmpty();
        pass(100);

        assertThat(shown.dashboard()).isEqualTo(Dashboard.EMPTY);
        assertThat(at().played()).isZero();
        assertThat(player.time(now)).isEqualTo(recording.startTime());
    }

    @Test
    void itPlaysAsItWasAndEndsAsItEnded() {
        wind(new Wind.PlayOrPause());
        pass(9);
        assertThat(shown.dashboard().events()).hasSize(1);
        assertThat(player.time(now)).isEqualTo(recording.startTime().plusSeconds(9));
        pass(1);
        assertThat(shown.dashboard().events()).hasSize(4);
        pass(1000);

        assertThat(shown.dashboard()).isEqualTo(recording.end());
        assertThat(at().isOver()).isTrue();
        assertThat(at().playing()).isFalse();
        assertThat(player.time(now)).isEqualTo(recording.endTime());

        wind(new Wind.PlayOrPause());
        assertThat(at().playing()).isTrue();
        assertThat(shown.dashboard().events()).isEmpty();
    }

    @Test
    void itWaitsAsLongAsItTakesToTheNextObservation() {
        wind(new Wind.PlayOrPause());
        Duration wait = player.advance(now).orElseThrow();
        long played = at().played();
        now = now.plus(wait).minusNanos(1);
        player.advance(now);
        assertThat(at().played()).isEqualTo(played);
        now = now.plusNanos(1);
        player.advance(now);
        assertThat(at().played()).isGreaterThan(played);
    }

    @Test
    void aPauseStopsItsClockToo() {
        wind(new Wind.PlayOrPause());
        pass(7);
        wind(new Wind.PlayOrPause());
        pass(50);
        assertThat(player.time(now)).isEqualTo(recording.startTime().plusSeconds(7));
        wind(new Wind.PlayOrPause());
        pass(1);
        assertThat(player.time(now)).isEqualTo(recording.startTime().plusSeconds(8));
    }

    @Test
    void theSpeedHoldsFromNowOn() {
        wind(new Wind.PlayOrPause());
        pass(4);
        wind(new Wind.Speed(10));
        pass(3);
        assertThat(player.time(now)).isEqualTo(recording.startTime().plusSeconds(34));
        wind(new Wind.Speed(0.5));
        pass(2);
        assertThat(player.time(now)).isEqualTo(recording.startTime().plusSeconds(35));
        assertThat(shown.dashboard()).isEqualTo(recording.dashboard((int) at().played()));
    }

    /** A long recording is shown at once, and read further where somebody goes. */
    @Test
    void whatIsNotReadYetIsReadWhenItIsWanted() throws Exception {
        Recording begun = Recording.open(Recorded.cleanStopFile(directory));
        Player reading = new Player(begun, shown, shown::resume, now);
        assertThat(reading.playback(now).whole()).isFalse();
        assertThat(reading.playback(now).isOver()).isFalse();
        assertThat(begun.size()).isLessThan(recording.size());

        reading.wind(new Wind.ByEvents(5), now);
        player.wind(new Wind.ByEvents(5), now);
        assertThat(reading.playback(now).played()).isEqualTo(at().played());
        assertThat(shown.dashboard()).isEqualTo(recording.dashboard((int) at().played()));

        Duration last = Duration.between(recording.startTime(), recording.endTime());
        for (Duration target : List.of(last.dividedBy(2), last.multipliedBy(2), last.dividedBy(3))) {
            reading.wind(new Wind.To(target), now);
            player.wind(new Wind.To(target), now);
            assertThat(reading.time(now)).isEqualTo(player.time(now));
            assertThat(reading.playback(now).played()).isEqualTo(at().played());
        }
        assertThat(reading.playback(now)).isEqualTo(at());
        assertThat(begun.end()).isEqualTo(recording.end());
        assertThat(begun.marks()).isEqualTo(recording.marks());
    }

    /** Playing goes on over what is read only then, and ends where the recording does. */
    @Test
    void playingDoesNotEndWhereReadingHas() throws Exception {
        Recording begun = Recording.open(Recorded.cleanStopFile(directory));
        Player reading = new Player(begun, shown, shown::resume, now);
        reading.wind(new Wind.Speed(64), now);
        reading.wind(new Wind.PlayOrPause(), now);
        for (int i = 0; i < 10_000 && reading.playback(now).playing(); i++) {
            now = now.plusMillis(100);
            reading.advance(now);
        }
        assertThat(reading.playback(now).isOver()).isTrue();
        assertThat(shown.dashboard()).isEqualTo(recording.end());
    }

    @Test
    void stepsGoByObservationsBothWays() {
        wind(new Wind.PlayOrPause());
        pass(20);
        long played = at().played();
        wind(new Wind.Step(1));
        assertThat(at().played()).isEqualTo(played + 1);
        assertThat(at().playing()).isFalse();
        wind(new Wind.Step(-2));
        assertThat(at().played()).isEqualTo(played - 1);
        assertThat(shown.dashboard()).isEqualTo(recording.dashboard((int) played - 1));
        wind(new Wind.Step(-1_000_000));
        assertThat(at().played()).isZero();
        wind(new Wind.Step(1_000_000));
        assertThat(shown.dashboard()).isEqualTo(recording.end());
    }

    @Test
    void itGoesFromEventToEvent() {
        wind(new Wind.ByEvents(1));
        assertThat(shown.dashboard().events()).hasSize(1);
        assertThat(player.time(now)).isEqualTo(Trace.START.plusNanos(5_629_600_000L));
        wind(new Wind.ByEvents(1));
        assertThat(shown.dashboard().events()).hasSize(3);
        wind(new Wind.ByEvents(1));
        assertThat(shown.dashboard().events()).hasSize(4);
        wind(new Wind.ByEvents(-1));
        assertThat(shown.dashboard().events()).hasSize(3);
        wind(new Wind.Step(1));
        wind(new Wind.ByEvents(-1));
        assertThat(shown.dashboard().events()).hasSize(3);
        wind(new Wind.ByEvents(-3));
        assertThat(at().played()).isZero();
        for (int i = 0; i < 30; i++) {
            wind(new Wind.ByEvents(1));
        }
        assertThat(at().event()).isEqualTo(at().events());
        assertThat(shown.dashboard().events()).hasSize(11);
    }

    @Test
    void backToTheEventBeforeWhileItPlaysDoesNotStick() {
        wind(new Wind.ByEvents(3));
        wind(new Wind.PlayOrPause());
        pass(1);
        wind(new Wind.ByEvents(-1));
        pass(0.2);
        wind(new Wind.ByEvents(-1));

        assertThat(shown.dashboard().events()).hasSize(1);
        assertThat(at().playing()).isTrue();
    }

    @Test
    void itGoesToATimeAndByATimeAndNeverOutOfTheRecording() {
        wind(new Wind.To(Duration.ofSeconds(30)));
        assertThat(player.time(now)).isEqualTo(recording.startTime().plusSeconds(30));
        assertThat(shown.dashboard()).isEqualTo(recording.dashboard((int) at().played()));
        assertThat(shown.dashboard().events()).hasSize(6);
        wind(new Wind.By(Duration.ofSeconds(-21)));
        assertThat(at().elapsed()).isEqualTo(Duration.ofSeconds(9));
        assertThat(shown.dashboard().events()).hasSize(1);
        wind(new Wind.By(Duration.ofDays(-1)));
        assertThat(at().elapsed()).isZero();
        wind(new Wind.By(Duration.ofDays(1)));
        assertThat(at().elapsed()).isEqualTo(at().length());
        assertThat(shown.dashboard()).isEqualTo(recording.end());
    }

    private void wind(Wind wind) {
        player.wind(wind, now);
        Optional<Duration> unused = player.advance(now);
    }

    /** Lets time pass as a scheduler would: each time that something is due. */
    private void pass(double seconds) {
        Instant until = now.plusNanos(Math.round(seconds * 1e9));
        Optional<Duration> wait = player.advance(now);
        while (wait.isPresent() && !now.plus(wait.get()).isAfter(until)) {
            now = now.plus(wait.get());
            wait = player.advance(now);
        }
        now = until;
        player.advance(now);
    }

    private Playback at() {
        return player.playback(now);
    }
}
