package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import io.patop.control.FaultInjector;
import io.patop.control.LocalCommand.Wind;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.recording.Recorder;
import io.patop.recording.Recording;
import io.patop.recording.Replay;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Picture;
import io.patop.screen.view.Scene;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.Session;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.DockerSource;
import io.patop.watch.source.PatroniSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session watched live and recorded: its replay has the same events, and ends with the same screen. */
class ReplayedScreenTest {

    @TempDir
    Path directory;

    @Test
    void theReplayOfALiveSessionEndsWithTheSameScreen() throws Exception {
        Path file = directory.resolve("live.jsonl.gz");
        Dashboard live = watchAFailover(file);
        Recording recording = Recording.read(file);

        Session replayed = new Session();
        CountDownLatch over = new CountDownLatch(1);
        try (Replay replay =
                new Replay(recording, replayed, Clock.systemUTC(), Executors.newSingleThreadScheduledExecutor())) {
            replayed.listen(dashboard -> {
                if (dashboard.equals(recording.end())) {
                    over.countDown();
                }
            });
            replay.accept(new Wind.Speed(100));
            replay.accept(new Wind.PlayOrPause());
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(replayed.dashboard().events()).isEqualTo(live.events()).hasSizeGreaterThan(3);
        assertThat(replayed.dashboard().pastFailovers()).isEqualTo(live.pastFailovers());
        assertThat(replayed.dashboard().failover()).isEqualTo(live.failover());
        Instant now = recording.endTime();
        for (TerminalSize size : List.of(new TerminalSize(80, 24), new TerminalSize(160, 45))) {
            assertThat(screen(replayed.dashboard(), now, size))
                    .isEqualTo(screen(live, now, size))
                    .contains("is promoted");
        }
    }

    private static String screen(Dashboard dashboard, Instant now, TerminalSize size) {
        Scene scene = new Scene(dashboard, now, ZoneOffset.UTC, "", true);
        return Picture.of(new Frame(scene, new ViewState(FaultInjector.NONE))::draw, size, Glyphs.UNICODE)
                .text();
    }

    /** Watches a simulated cluster until another member leads, and tells what was known then. */
    private static Dashboard watchAFailover(Path file) throws Exception {
        Session session = new Session();
        CountDownLatch promoted = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        session.listen(dashboard -> {
            if (dashboard.members().size() == 3 && dashboard.docker().view().isPresent()) {
                seen.countDown();
            }
            if (dashboard.events().stream().anyMatch(event -> event.text().contains("is promoted"))) {
                promoted.countDown();
            }
        });
        ExecutorService pool = Executors.newCachedThreadPool();
        ScheduledExecutorService nodes = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService services = Executors.newSingleThreadScheduledExecutor();
        try (SimulatedCluster cluster =
                        SimulatedCluster.start(SimulationOptions.defaults().withSpeed(10));
                DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
                Recorder recorder = new Recorder("test", trouble -> {})) {
            session.tap(recorder);
            recorder.start(file);
            List<ApiUrl> urls = cluster.nodes().stream()
                    .map(node -> new ApiUrl(node.rest()))
                    .toList();
            try (PatroniSource patroni = new PatroniSource(
                            new PatroniClient(pool, PatroniClient.Bounds.DEFAULT),
                            () -> urls,
                            session::accept,
                            () -> Duration.ofMillis(100),
                            Clock.systemUTC(),
                            nodes);
                    DockerSource engine = new DockerSource(
                            docker::view, session::accept, () -> Duration.ofMillis(100), Clock.systemUTC(), services)) {
                patroni.start();
                engine.start();
                assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
                docker.scale("patroni_patroni1", 0);
                assertThat(promoted.await(60, TimeUnit.SECONDS)).isTrue();
            }
            // Nothing is seen any more once both have ended.
            assertThat(nodes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(services.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            recorder.stop();
            return session.dashboard();
        } finally {
            pool.shutdownNow();
        }
    }
}
