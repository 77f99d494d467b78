package io.patop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTransportTest {

    private final DockerEndpoint nowhere = new DockerEndpoint.Unix(Path.of("/nowhere/docker.sock"));

    /** An earlier request of the same call may have taken all of its time. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, -36_460_044})
    void aRequestWhoseTimeIsOverIsNotSentAndTimesOut(long nanos) throws Exception {
        try (EngineTransport transport = new EngineTransport(nowhere, 1000)) {
            assertThat(transport
                            .send("GET", "/version", "", Duration.ofNanos(nanos))
                            .failure())
                    .map(Failure::kind)
                    .contains(Failure.Kind.TIMED_OUT);
            assertThat(transport.stream("/logs", in -> "", Duration.ofNanos(nanos))
                            .failure())
                    .map(Failure::kind)
                    .contains(Failure.Kind.TIMED_OUT);
        }
    }

    @Test
    void aSocketThatIsNotThereIsNoTimeOut() throws Exception {
        try (EngineTransport transport = new EngineTransport(nowhere, 1000)) {
            assertThat(transport
                            .send("GET", "/version", "", Duration.ofSeconds(30))
                            .failure())
                    .map(Failure::kind)
                    .isPresent()
                    .isNotEqualTo(Optional.of(Failure.Kind.TIMED_OUT));
        }
    }
}
