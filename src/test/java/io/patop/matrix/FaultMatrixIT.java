package io.patop.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.OnRealCluster;
import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault on a real cluster, watched by patop and by a witness that shares no code with it. What patop tells is to be
 * true, all of it, and as long as it truly was. The folders in {@code target/fault-matrix} hold what both saw.
 */
@Tag("forky")
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
        if (!Boolean.getBoolean("patop.faults.judge-only")) {
            makeEmpty(folder);
            watch(fault, folder);
        }
        judge(fault, folder);
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

    private void judge(Fault fault, Path folder) throws IOException {
        Truth truth = new Truth(Testimony.read(folder));
        List<String> wrong = new ArrayList<>();
        Optional<Duration> direct = truth.longestOutage(false);
        Optional<Duration> proxied = truth.longestOutage(true);
        List<String> row = new ArrayList<>(List.of(fault.name(), text(direct), text(proxied)));
        for (boolean probe : new boolean[] {false, true}) {
            String name = probe ? "with-probe" : "without-probe";
            JsonNode report = new Report(folder.resolve(name + ".jsonl")).read(cluster);
            List<Told> events = Told.read(report);
            List<String> untrue = new EventJudge(truth).falseOnes(events);
            untrue.forEach(event -> wrong.add(name + ": false: " + event));
            for (String kind : fault.kinds()) {
                if (events.stream().noneMatch(event -> event.kind().equals(kind))) {
                    wrong.add(name + ": not told: " + kind);
                }
            }
            wrong.addAll(Outages.wrong(report, events, probe ? proxied : direct, probe).stream()
                    .map(why -> name + ": " + why)
                    .toList());
            changes(report, fault, truth.leaderChanges()).ifPresent(why -> wrong.add(name + ": " + why));
            row.add(Outages.told(report, events, probe));
            row.add(events.size() + (untrue.isEmpty() ? "" : ", " + untrue.size() + " false"));
        }
        Files.writeString(folder.resolve("row"), "| " + String.join(" | ", row) + " |\n");
        Files.write(folder.resolve("wrong.txt"), wrong);
        assertThat(wrong).as(fault.name() + ", " + folder).isEmpty();
    }

    /** As many changes of leader as there were, called by their names; on a busy machine there may be one more. */
    private static Optional<String> changes(JsonNode report, Fault fault, int changes) {
        List<String> outcomes = StreamSupport.stream(report.path("failovers").spliterator(), false)
                .map(failover -> failover.path("outcome").asText())
                .filter(outcome -> !outcome.equals("no failover"))
                .toList();
        boolean right = outcomes.size() == changes
                && (changes > 1 || fault.changes().isEmpty() || fault.changes().containsAll(outcomes));
        return right
                ? Optional.empty()
                : Optional.of("stopwatch: " + outcomes + " where the leader key changed hands " + changes
                        + " times; expected was one of " + fault.changes());
    }

    private static String text(Optional<Duration> outage) {
        return outage.map(Span::text).orElse("none");
    }

    private static void makeEmpty(Path folder) throws IOException {
        RealCluster.run(Duration.ofMinutes(1), List.of("rm", "-rf", folder.toString()));
        Files.createDirectories(folder);
        // patop runs as a user of its own in its container.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterAll
    static void printTable() throws IOException {
        StringBuilder table = new StringBuilder(
                """
                | fault | nobody could write at any node | through HAProxy | patop says | events | with the probe | events |
                |---|---|---|---|---|---|---|
                """);
        StringBuilder wrong = new StringBuilder();
        for (Fault fault : Fault.all()) {
            Path row = ALL.resolve(fault.id()).resolve("row");
            if (Files.exists(row)) {
                table.append(Files.readString(row));
                Files.readAllLines(row.resolveSibling("wrong.txt"))
                        .forEach(line -> wrong.append(String.format(Locale.ROOT, "%s: %s%n", fault.name(), line)));
            }
        }
        Files.writeString(ALL.resolve("table.md"), table);
        System.out.println(table);
        System.out.println(wrong);
    }
}
