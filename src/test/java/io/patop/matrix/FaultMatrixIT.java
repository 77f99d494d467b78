package io.patop.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.OnRealCluster;
import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault on a real cluster, watched by patop and by a witness that shares no code with it. What patop tells is to be
 * true, all of it, and as long as it truly was. The folders in {@code target/fault-matrix} hold what both saw.
 */
@Tag("matrix")
@ExtendWith(OnRealCluster.class)
class FaultMatrixIT {

    private static final Path ALL = Path.of("target", "fault-matrix").toAbsolutePath();

    private final RealCluster cluster;

    FaultMatrixIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    static List<Fault> faults() {
        String wanted = System.getProperty("patop.faults", "");
        return Fault.all().stream()
                .filter(fault -> fault.id().matches(".*(" + wanted + ").*"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsToldIsTrue(Fault fault) throws IOException {
        Path folder = ALL.resolve(fault.id());
        makeEmpty(folder);
        watch(fault, folder);
        for (boolean probe : new boolean[] {false, true}) {
            Report.of(folder, probe).make(cluster);
        }
        Verdict verdict = Verdict.of(fault, folder);
        verdict.write(folder);
        assertThat(verdict.wrong()).as(fault.name() + ", " + folder).isEmpty();
    }

    private void watch(Fault fault, Path folder) throws IOException {
        try (Witness witness = Witness.start(cluster, folder)) {
            witness.awaitWhole();
            try (Watcher alone = Watcher.start(cluster, folder, false);
                    Watcher probing = Watcher.start(cluster, folder, true)) {
                witness.await("patop that watches", () -> alone.seen() > 2 && probing.seen() > 2);
                witness.await("probe that writes", () -> probing.writes() > 2);
                String leader = witness.leader().orElseThrow();
                List<String> replicas = Witness.MEMBERS.stream()
                        .filter(member -> !member.equals(leader))
                        .toList();
                fault.course().run(witness, leader, replicas);
                witness.awaitWhole();
                witness.note("whole again");
                long seen = alone.seen();
                witness.await("a few polls more", () -> alone.seen() > seen + 8);
            }
        }
    }

    private static void makeEmpty(Path folder) throws IOException {
        RealCluster.run(Duration.ofMinutes(1), List.of("rm", "-rf", folder.toString()));
        Files.createDirectories(folder);
        // patop runs as a user of its own in its container.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterAll
    static void printTable() throws IOException {
        System.out.println(Verdict.table(ALL));
    }
}
