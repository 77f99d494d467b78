package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.EngineView;
import io.patop.watch.ManualTime;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WorkloadTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often the engine is asked: half as often as the nodes, and seldom where there is none. */
class DockerSourceTest {

    private static final Answer<EngineView> ABSENT = new Answer.Missing<>(
            new Failure(Failure.Kind.ABSENT, "no Docker socket at /var/run/docker.sock"), Duration.ZERO);

    private final ManualTime time = new ManualTime();
    private final List<Observation> seen = new ArrayList<>();
    private Answer<EngineView> answer;

    private final DockerSource source =
            new DockerSource(() -> answer, seen::add, () -> Duration.ofSeconds(1), time.clock(), time);

    @Test
    void itIsAskedHalfAsOftenAsTheNodes() {
        answer = new Answer.Given<>(WorkloadTest.view(List.of(), List.of()), Duration.ofMillis(5));
        source.start();
        time.pass(Duration.ofSeconds(10));

        assertThat(seen).hasSize(6).allMatch(observation -> observation instanceof Observation.DockerAnswered);
    }

    @Test
    void whereThereIsNoneItIsTriedEveryTenSeconds() {
        answer = ABSENT;
        source.start();
        time.pass(Duration.ofSeconds(25));

        assertThat(seen)
                .hasSize(3)
                .allMatch(observation -> observation instanceof Observation.DockerFailed failed
                        && failed.failure().kind() == Failure.Kind.ABSENT);
    }

    @Test
    void oneThatComesBackIsFollowedAtTheOrdinaryPace() {
        answer = ABSENT;
        source.start();
        time.pass(Duration.ofSeconds(5));
        answer = new Answer.Given<>(WorkloadTest.view(List.of(), List.of()), Duration.ofMillis(5));
        time.pass(Duration.ofSeconds(10));

        assertThat(seen.stream().filter(observation -> observation instanceof Observation.DockerAnswered))
                .hasSizeBetween(2, 4);
    }

    @Test
    void onceClosedItAsksNoMore() {
        answer = ABSENT;
        source.start();
        time.pass(Duration.ofSeconds(1));
        source.close();
        time.pass(Duration.ofMinutes(1));

        assertThat(seen).hasSize(1);
    }
}
