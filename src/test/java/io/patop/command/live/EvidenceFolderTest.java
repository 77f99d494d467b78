package io.patop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.drill.Unrecovered;
import io.patop.recording.Recorder;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.source.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run in which the cluster did not recover. */
class EvidenceFolderTest {

    private static final Unrecovered RUN = new Unrecovered(
            2, "leader patroni1 is killed", "did not serve again within 300 s: waiting for a new leader");
    private static final Clock CLOCK = Clock.fixed(ReducerStory.START, ZoneOffset.UTC);

    @TempDir
    private Path directory;

    @Test
    void theLogsTheRecordingAndTheReasonAreForTheirOwnerAlone() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
                DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
                Recorder recorder = new Recorder("test", why -> {})) {
            ReducerStory told = new ReducerStory()
                    .cluster(ReducerStory.leader("patroni1", 1), ReducerStory.replica("patroni2", 1, 0));
            Observation seen = new Observation.DockerAnswered(
                    told.now(), docker.view().value().orElseThrow());
            Dashboard dashboard = told.tell(seen).dashboard();
            recorder.took(dashboard, seen);

            Path folder = Path.of(
                    evidence(docker, Optional.of(recorder)).keep(RUN, dashboard).orElseThrow());

            assertThat(folder).isEqualTo(directory.resolve("state/evidence/demo-20261124-120000-run-2"));
            assertThat(names(folder))
                    .containsExactly("patroni1.log", "patroni2.log", "session.jsonl.gz", "session.md", "why.txt");
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.getParent())).isEqualTo("rwx------");
            for (String name : names(folder)) {
                assertThat(mode(folder.resolve(name))).as(name).isEqualTo("rw-------");
            }
            assertThat(folder.resolve("patroni1.log")).content().contains("INFO: initialized a new cluster");
            assertThat(folder.resolve("why.txt"))
                    .content()
                    .startsWith("Patroni did not recover: did not serve again within 300 s: waiting for a new leader\n")
                    .contains("fault    leader patroni1 is killed\n")
                    .doesNotContain("missing");
        }
    }

    @Test
    void whatCannotBeHadIsNamedAndHidesNothingElse() throws Exception {
        try (DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(directory.resolve("nobody")))) {
            Dashboard dashboard = ReducerStory.healthy().dashboard();
            Path folder = Path.of(
                    evidence(docker, Optional.empty()).keep(RUN, dashboard).orElseThrow());
            assertThat(names(folder)).containsExactly("session.md", "why.txt");
            assertThat(folder.resolve("why.txt"))
                    .content()
                    .contains("missing  the log of a: Docker has not been asked yet, and logs are read from there\n");
        }
    }

    @Test
    void namesFromOutsideLeadToNoOtherPlace() throws Exception {
        try (DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(directory.resolve("nobody")))) {
            Dashboard dashboard = new ReducerStory()
                    .cluster(ReducerStory.leader("../../a", 1))
                    .dashboard();
            Path folder = Path.of(
                    evidence(docker, Optional.empty()).keep(RUN, dashboard).orElseThrow());
            assertThat(folder.normalize()).isEqualTo(folder).startsWith(directory);
        }
    }

    @Test
    void aFolderThatCannotBeMadeEndsNoDrill() throws Exception {
        Files.writeString(directory.resolve("state"), "a file in its place");
        try (DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(directory.resolve("nobody")))) {
            assertThat(evidence(docker, Optional.empty())
                            .keep(RUN, ReducerStory.healthy().dashboard()))
                    .isEmpty();
        }
    }

    private EvidenceFolder evidence(DockerClient docker, Optional<Recorder> recorder) {
        return new EvidenceFolder(directory.resolve("state/evidence"), new LogReader(docker.logs()), recorder, CLOCK);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
