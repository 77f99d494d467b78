package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.recording.Recorder;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.Session;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.DockerSource;
import io.patop.watch.source.PatroniSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster whose leader is taken away again and again, watched and recorded: memory, threads and file descriptors
 * stay as they are. A few failovers in the build; a day of the cluster's time, with hundreds of them, by
 * {@code mvn test -Dtest=SoakTest -Dsoak.seconds=288}.
 */
class SoakTest {

    private static final double SPEED = 300;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds", 8));

    @TempDir
    Path directory;

    private final AtomicLong leaders = new AtomicLong();
    private final AtomicLong observations = new AtomicLong();

    /** What a leak would show in. */
    private record Figures(long heap, int threads, long descriptors) {

        static Figures now() throws IOException {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                return new Figures(heap, ManagementFactory.getThreadMXBean().getThreadCount(), descriptors.count());
            }
        }
    }

    @Test
    void failoverAfterFailoverNothingGrows() throws Exception {
        Session session = new Session();
        session.tap((before, observation) -> observations.incrementAndGet());
        ExecutorService pool = Executors.newCachedThreadPool();
        try (SimulatedCluster cluster =
                        SimulatedCluster.start(SimulationOptions.defaults().withSpeed(SPEED));
                DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
                Recorder recorder = new Recorder("soak", trouble -> {})) {
            session.tap(recorder);
            recorder.start(directory.resolve("soak.jsonl.gz"));
            List<ApiUrl> urls = cluster.nodes().stream()
                    .map(node -> new ApiUrl(node.rest()))
                    .toList();
            try (PatroniSource patroni = new PatroniSource(
                            new PatroniClient(pool, PatroniClient.Bounds.DEFAULT),
                            () -> urls,
                            session::accept,
                            () -> Duration.ofMillis(50),
                            Clock.systemUTC(),
                            Executors.newSingleThreadScheduledExecutor());
                    DockerSource engine = new DockerSource(
                            docker::view,
                            session::accept,
                            () -> Duration.ofMillis(100),
                            Clock.systemUTC(),
                            Executors.newSingleThreadScheduledExecutor())) {
                patroni.start();
                engine.start();
                Instant start = Instant.now();
                failOverUntil(start.plus(LENGTH.dividedBy(4)), cluster, session);
                Figures before = Figures.now();
                failOverUntil(start.plus(LENGTH), cluster, session);
                Figures after = Figures.now();
                System.out.printf(
                        "soak: %.1f h of the cluster's time, %d failovers, %d observations; %s, then %s%n",
                        LENGTH.toSeconds() * SPEED / 3600, leaders.get(), observations.get(), before, after);
                assertThat(leaders.get()).isGreaterThanOrEqualTo(LENGTH.toSeconds() / 8);
                assertThat(after.heap() - before.heap())
                        .as("bytes of heap more")
                        .isLessThan(16L << 20);
                assertThat(after.threads() - before.threads())
                        .as("threads more")
                        .isLessThan(8);
                assertThat(after.descriptors() - before.descriptors())
                        .as("descriptors more")
                        .isLessThan(24);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void failOverUntil(Instant end, SimulatedCluster cluster, Session session) throws Exception {
        while (Instant.now().isBefore(end)) {
            await("all three", session, SoakTest::healthy);
            String leader = session.dashboard().leadership().present().orElseThrow();
            cluster.apply(SimulatedFault.of(SimulatedFault.Kind.STOP, leader));
            await("another leader", session, known -> known.leadership()
                    .present()
                    .filter(now -> !now.equals(leader))
                    .isPresent());
            leaders.incrementAndGet();
            cluster.apply(SimulatedFault.of(SimulatedFault.Kind.START, leader));
        }
    }

    private static boolean healthy(Dashboard dashboard) {
        return dashboard.leadership().present().isPresent()
                && dashboard.members().size() == 3
                && dashboard.members().values().stream()
                        .allMatch(member -> member.api() instanceof io.patop.watch.model.Api.Answering);
    }

    private static void await(String what, Session session, Predicate<Dashboard> wanted) {
        Awaitility.await(what).atMost(BOUND).pollInterval(Duration.ofMillis(10)).until(session::dashboard, wanted);
    }
}
