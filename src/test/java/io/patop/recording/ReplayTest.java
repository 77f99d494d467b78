package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patop.control.LocalCommand.Wind;
import io.patop.watch.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayTest {

    @TempDir
    Path directory;

    /** Found in CI: a picture kept at once after the start of a busy machine's replay was of its beginning. */
    @Test
    void whatIsAskedForAtTheBeginningIsDoneBeforeAnythingIsShown() throws Exception {
        Recording recording = Recorded.cleanStop(directory);
        Session shown = new Session();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Replay replay = new Replay(recording, shown, Clock.systemUTC(), scheduler)) {
            scheduler.execute(busyUntilAwaitedBy(Thread.currentThread()));
            replay.begin(List.of(new Wind.Speed(2), new Wind.To(Duration.ofSeconds(20))));

            assertThat(shown.dashboard())
                    .isEqualTo(recording.dashboard(
                            Math.toIntExact(replay.playback().played())));
            assertThat(shown.dashboard().events()).hasSizeGreaterThan(4);
            assertThat(replay.clock().instant()).isEqualTo(recording.startTime().plusSeconds(20));
            assertThat(replay.playback().speed()).isEqualTo(2);
            assertThat(replay.playback().playing()).isFalse();
        }
    }

    /** What is shown before is the beginning, at once. */
    @Test
    void theRestIsReadMeanwhile() throws Exception {
        Recording begun = Recording.open(Recorded.cleanStopFile(directory));
        Recording whole = Recorded.cleanStop(directory);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Replay replay = new Replay(begun, new Session(), Clock.systemUTC(), scheduler)) {
            assertThat(replay.playback().whole()).isFalse();
            replay.readOn();
            while (!replay.playback().whole()) {
                Thread.onSpinWait();
            }
            assertThat(replay.playback().observations()).isEqualTo(whole.size());
            assertThat(replay.playback().end()).isEqualTo(whole.endTime());
        }
        assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static Runnable busyUntilAwaitedBy(Thread caller) {
        return () -> await().atMost(Duration.ofMinutes(1)).until(caller::getState, Thread.State.WAITING::equals);
    }
}
