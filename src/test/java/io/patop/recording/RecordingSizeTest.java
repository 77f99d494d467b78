package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Lsn;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Wal;
import io.patop.docker.EngineView;
import io.patop.watch.Session;
import io.patop.watch.Trace;
import io.patop.watch.model.Observation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large recordings become. */
class RecordingSizeTest {

    @TempDir
    Path directory;

    /** With what changes from answer to answer in a busy cluster: times, durations and WAL positions. */
    @Test
    void anHourOfThreeNodesAtASecondStaysBelow5MB() throws Exception {
        List<Observation> tick = Trace.read("clean-stop").observations().subList(0, 4);
        EngineView engine = (EngineView) Samples.of(EngineView.class).get(0);
        Random chance = new Random(1);
        Path file = directory.resolve("hour.jsonl.gz");
        Session session = new Session();
        try (Recorder recorder = new Recorder("test", trouble -> {}, 6 << 20, Duration.ofMinutes(2))) {
            session.tap(recorder);
            recorder.start(file);
            for (int second = 0; second < 3600; second++) {
                Instant at = Trace.START.plusSeconds(second).plusNanos(chance.nextInt(900_000_000));
                for (Observation observation : tick) {
                    session.accept(later(observation, at.plusNanos(chance.nextInt(9_000_000)), chance));
                }
                if (second % 2 == 0) {
                    session.accept(new Observation.DockerAnswered(at, engine));
                }
                if (second % 100 == 0) {
                    recorder.await();
                }
            }
            recorder.stop();
        }

        assertThat(Recording.read(file).size()).isEqualTo(3600 * 4 + 1800);
        assertThat(Files.size(file)).isLessThan(5_000_000);
    }

    private static Observation later(Observation observation, Instant at, Random chance) {
        Duration took = Duration.ofNanos(2_000_000 + chance.nextInt(9_000_000));
        if (observation instanceof Observation.ClusterAnswered cluster) {
            return new Observation.ClusterAnswered(at, cluster.via(), took, cluster.view());
        }
        Observation.NodeAnswered node = (Observation.NodeAnswered) observation;
        NodeStatus status = node.status();
        Lsn position = new Lsn(1L << 40 | chance.nextInt());
        return new Observation.NodeAnswered(
                at,
                node.member(),
                node.url(),
                took,
                new NodeStatus(
                        status.name(),
                        status.scope(),
                        status.patroniVersion(),
                        status.postgresVersion(),
                        status.role(),
                        status.state(),
                        status.replicationState(),
                        status.postmasterStart(),
                        status.timeline(),
                        new Wal(
                                Optional.of(position),
                                Optional.of(position),
                                Optional.of(position),
                                false,
                                Optional.empty()),
                        status.replication(),
                        status.dcsLastSeen(),
                        status.systemIdentifier(),
                        status.tags(),
                        status.pendingRestart(),
                        status.scheduledRestart(),
                        status.flags()));
    }
}
