package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.haproxy.PageTrust;
import io.patop.haproxy.ProxyClient;
import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProxyPlaces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which HAProxies are asked, and by which of their doors. */
class ProxySourceTest {

    private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @Test
    void placesThatShareADoorAreTheSameProxy() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            ProxyEndpoint socket = new ProxyEndpoint.Unix(cluster.haproxySocket());
            ProxyEndpoint page = new ProxyEndpoint.Page(cluster.haproxyStats(), Optional.empty());
            ProxyEndpoint nowhere = new ProxyEndpoint.Unix(directory.resolve("none.sock"));
            try (ProxySource source = source(List.of(
                    new ProxyPlaces.Place(List.of(nowhere, socket)), new ProxyPlaces.Place(List.of(socket, page))))) {
                source.start();
                for (int i = 0; i < 5; i++) {
                    Observation.ProxyAnswered answered =
                            (Observation.ProxyAnswered) await(Observation.ProxyAnswered.class::isInstance);
                    assertThat(answered.proxy()).isEqualTo(socket.name());
                }
                assertThat(source.run(socket.name(), ProxyCommand.typed("show version"))
                                .value())
                        .contains("2.6.12-1+deb12u4");
                assertThat(source.run("elsewhere", ProxyCommand.typed("show version"))
                                .failure()
                                .map(Failure::kind))
                        .contains(Failure.Kind.ABSENT);
            }
        }
    }

    @Test
    void oneThatAPersonNamedIsToldOfThoughItIsSilent() throws Exception {
        ProxyEndpoint nowhere = new ProxyEndpoint.Unix(directory.resolve("none.sock"));
        try (ProxySource source = source(List.of(ProxyPlaces.given(nowhere)))) {
            source.start();

            Observation.ProxyFailed failed = (Observation.ProxyFailed) await(Observation.ProxyFailed.class::isInstance);
            assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.ABSENT);
        }
    }

    private Observation await(Predicate<Observation> wanted) throws InterruptedException {
        while (true) {
            Observation next = seen.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    private ProxySource source(List<ProxyPlaces.Place> places) {
        ExecutorService workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        return new ProxySource(
                () -> places,
                endpoint -> new ProxyClient(endpoint, PageTrust.DEFAULT, ProxyClient.Bounds.DEFAULT),
                seen::add,
                () -> Duration.ofMillis(50),
                Clock.systemUTC(),
                workers,
                Executors.newSingleThreadScheduledExecutor());
    }
}
