package io.patop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Threads;
import io.patop.control.FaultInjector;
import io.patop.control.Lever;
import io.patop.control.fault.EngineFaults;
import io.patop.control.journal.MemoryJournal;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.probe.Dsn;
import io.patop.probe.ProbeSettings;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.Event;
import io.patop.watch.source.PollInterval;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watched cluster is wired to. */
class LiveSessionTest {

    @Test
    void thereIsALeverForEachKindOfAction(@TempDir Path folder) throws Exception {
        Path nobody = folder.resolve("nobody");
        try (LiveSession watching = new LiveSession(
                new PatroniClient(Threads.pool("test-http"), PatroniClient.Bounds.DEFAULT),
                DockerClient.of(new DockerEndpoint.Unix(nobody)),
                List.of(),
                Map.of(),
                new PollInterval(Duration.ofSeconds(1)),
                new LiveSession.Extras(
                        new EngineFaults(
                                DockerClient.of(new DockerEndpoint.Unix(nobody)),
                                new MemoryJournal(),
                                "patop",
                                Clock.systemUTC()),
                        ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(nobody)),
                        Optional.empty()))) {
            assertThat(watching.levers().stream().<Class<?>>map(Lever::takes))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Action.class.getPermittedSubclasses())
                            .filter(kind -> kind != Action.Simulate.class && kind != Action.OnMember.class)
                            .toList());
        }
    }

    @Test
    void aDrillIsBegunAndEndedByTheSameRoadAsAllElse() throws Exception {
        try (SimulatedCluster cluster =
                        SimulatedCluster.start(SimulationOptions.defaults().withSpeed(20));
                LiveSession watching = watching(cluster, Optional.empty())) {
            watching.start();
            await(watching, dashboard -> dashboard.leadership().present().isPresent());

            watching.actor().accept(new Action.StartDrill(List.of("kill"), "leader", 1, 0, "drill"));
            await(watching, dashboard -> dashboard.drill().isPresent());
            watching.actor().accept(new Action.StopDrill());
            await(
                    watching,
                    dashboard ->
                            dashboard.drill().flatMap(DrillProgress::result).isPresent());

            assertThat(watching.dashboard().events())
                    .extracting(Event::text)
                    .noneMatch(text -> text.startsWith("you asked to drill") || text.startsWith("failed to "));
        }
    }

    @Test
    void theClientsOfADrillWriteAsLongAsItRuns() throws Exception {
        try (SimulatedCluster cluster =
                        SimulatedCluster.start(SimulationOptions.defaults().withSpeed(20));
                LiveSession watching = watching(cluster, Optional.of(probe(cluster)))) {
            watching.start();
            await(
                    watching,
                    dashboard -> dashboard.leadership().present().isPresent()
                            && dashboard
                                    .probe()
                                    .flatMap(probe -> probe.writes().lastAcknowledged())
                                    .isPresent()
                            && dashboard.docker().view().isPresent());

            watching.actor().accept(new Action.StartDrill(List.of("switchover"), "leader", 1, 12, "drill"));
            await(
                    watching,
                    dashboard ->
                            dashboard.drill().flatMap(DrillProgress::result).isPresent());

            assertThat(watching.dashboard()
                            .drill()
                            .flatMap(DrillProgress::result)
                            .orElseThrow()
                            .report())
                    .contains("How long 12 clients waited for a write, retries included:");
        }
    }

    private static LiveSession watching(SimulatedCluster cluster, Optional<ProbeSettings> probe) throws IOException {
        return new LiveSession(
                new PatroniClient(Threads.pool("test-http"), PatroniClient.Bounds.DEFAULT),
                DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket())),
                cluster.nodes().stream().map(node -> new ApiUrl(node.rest())).toList(),
                Map.of(),
                new PollInterval(Duration.ofMillis(100)),
                new LiveSession.Extras(
                        FaultInjector.NONE,
                        ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(cluster.haproxySocket())),
                        probe));
    }

    private static ProbeSettings probe(SimulatedCluster cluster) {
        return ProbeSettings.of(
                        Dsn.parse("postgresql://patop@127.0.0.1:" + cluster.databasePort() + "/patop", Map.of()))
                .withCreate();
    }

    private static void await(LiveSession watching, Predicate<Dashboard> wanted) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        watching.session().listen(dashboard -> {
            if (wanted.test(dashboard)) {
                seen.countDown();
            }
        });
        if (!wanted.test(watching.session().dashboard())) {
            assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
