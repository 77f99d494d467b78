package io.patop.sim.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.sim.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a simulated cluster may be, and one line on what it may not. */
class SimulationOptionsTest {
    private final SimulationOptions good = SimulationOptions.defaults();

    @Test
    void refusesWhatIsOutOfRangeInOneLine() {
        assertRefused(good.withNodes(0), "nodes: 1 to 1000, not 0");
        assertRefused(good.withNodes(-1), "nodes: 1 to 1000, not -1");
        assertRefused(good.withSpeed(0), "speed: 0.01 to 1000, not 0.0");
        assertRefused(good.withSpeed(Double.NaN), "speed: 0.01 to 1000, not NaN");
        assertRefused(good.withVersions(), "versions: at least one of 2.0.1, 3.0.2, 4.1.4");
        assertRefused(
                good.withTiming(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                "ttl: Patroni wants loop_wait + 2 * retry_timeout <= ttl, not 10 + 2 * 10 > 20");
        assertRefused(
                good.withTags(Map.of("patroni7", Map.of("nosync", "true"))),
                "tags: no member patroni7, only " + List.of("patroni1", "patroni2", "patroni3"));
        assertRefused(
                good.withSynchronous(SimulationOptions.Synchronous.QUORUM), "synchronous: quorum needs Patroni 4");
    }

    private static void assertRefused(SimulationOptions options, String message) {
        assertThatThrownBy(() -> SimulatedCluster.start(options))
                .isInstanceOf(SimulationException.class)
                .hasMessage(message);
    }
}
