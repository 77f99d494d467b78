package io.patop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Threads;
import io.patop.control.FaultInjector;
import io.patop.control.Lever;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.patroni.PatroniClient;
import io.patop.watch.model.Action;
import io.patop.watch.source.PollInterval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                new LiveSession.Beside(
                        FaultInjector.NONE,
                        ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(nobody)),
                        Optional.empty()))) {
            assertThat(watching.levers().stream().<Class<?>>map(Lever::takes))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Action.class.getPermittedSubclasses()).toList());
        }
    }
}
