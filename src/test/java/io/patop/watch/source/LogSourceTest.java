package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.docker.LogLine;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.MemberLogs.Said;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs that a person looks at, by the Docker Engine of a simulated cluster. */
class LogSourceTest {

    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private SimulatedCluster cluster;
    private DockerClient docker;
    private LogSource source;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.start(SimulationOptions.defaults());
        docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
        source = new LogSource(
                new LogReader(docker.logs()),
                this::dashboard,
                () -> news.add("news"),
                Clock.systemUTC(),
                Executors.newSingleThreadScheduledExecutor());
    }

    @AfterEach
    void stop() {
        source.close();
        docker.close();
        cluster.close();
    }

    /** Of members a, b and c, of which Docker knows none; its services are those of patroni1 to 3. */
    private Dashboard dashboard() {
        return ReducerStory.healthy()
                .docker(docker.view().value().orElseThrow())
                .dashboard();
    }

    @Test
    void whatIsLookedAtIsReadAndTold() throws Exception {
        assertThat(source.page()).isEmpty();
        MemberLogs.Page page = await(new MemberLogs.Tail("patroni2"));
        assertThat(page.lines().get(0).line().text()).endsWith("INFO: bootstrapped from leader 'patroni1'");
        assertThat(page.troubles()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsSaidAndHidesNoOther() throws Exception {
        Instant now = Instant.now();
        MemberLogs.Page page =
                await(new MemberLogs.Explanation("patroni1", now.minusSeconds(600), now.plusSeconds(600)));
        assertThat(page.lines())
                .extracting(said -> said.member() + " " + said.text())
                .contains("patroni1 INFO: initialized a new cluster");
        assertThat(page.troubles())
                .contains("a: no Docker service or container runs a here, so that its log cannot be read");
    }

    @Test
    void whatIsOnlyRepeatedExplainsNothing() {
        List<Said> lines = List.of(
                said(1, "a", "INFO: Lock owner: a; I am a"),
                said(1, "a", "2026-11-24 12:00:01,001 INFO: no action. I am (a), the leader with the lock"),
                said(2, "b", "INFO: no action. I am (b), a secondary, and following a leader (a)"),
                said(11, "a", "INFO: Lock owner: a; I am a"),
                said(11, "a", "2026-11-24 12:00:11,001 INFO: no action. I am (a), the leader with the lock"),
                said(12, "a", "LOG:  checkpoint starting"),
                said(21, "a", "INFO: Lock owner: b; I am a"),
                said(31, "a", "INFO: Lock owner: b; I am a"));
        assertThat(LogSource.explaining(lines))
                .extracting(said -> said.line().at().orElseThrow().getEpochSecond()
                        - ReducerStory.START.getEpochSecond() + " " + said.text())
                .containsExactly(
                        "2 INFO: no action. I am (b), a secondary, and following a leader (a)",
                        "11 INFO: Lock owner: a; I am a",
                        "11 INFO: no action. I am (a), the leader with the lock",
                        "21 INFO: Lock owner: b; I am a");
    }

    private static Said said(int second, String member, String text) {
        Instant at = ReducerStory.START.plusSeconds(second);
        return Said.of(member, new LogLine(Optional.of(at), LogLine.Stream.ERR, text));
    }

    private MemberLogs.Page await(MemberLogs.Subject subject) throws InterruptedException {
        source.look(subject);
        assertThat(news.poll(1, TimeUnit.MINUTES)).isNotNull();
        MemberLogs.Page page = source.page().orElseThrow();
        assertThat(page.subject()).isEqualTo(subject);
        return page;
    }
}
