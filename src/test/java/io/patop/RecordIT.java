package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real failover, recorded while it is watched: replayed, it shows the same events and the same screen. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class RecordIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_FAILOVER = Duration.ofSeconds(90);
    private static final int ROWS = 40;

    private final RealCluster cluster;

    @TempDir
    Path kept;

    RecordIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aFailoverIsReplayedAsItWas() throws IOException {
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rwxrwxrwx"));
        record();

        Path recording = kept.resolve("session.jsonl.gz");
        JsonNode live = new JsonMapper().readTree(kept.resolve("live.json").toFile());
        JsonNode replayed = new JsonMapper()
                .readTree(RealCluster.run(
                        SOON,
                        List.of(
                                java(),
                                "-jar",
                                "target/patop.jar",
                                "replay",
                                "--report",
                                "-f",
                                "json",
                                recording.toString())));
        assertThat(live.path("events").size()).isGreaterThan(5);
        assertThat(firstOf(replayed.path("events"), live.path("events").size()))
                .isEqualTo(firstOf(live.path("events"), 1000));
        assertThat(replayed.path("failovers")).isEqualTo(live.path("failovers")).hasSize(1);
        assertThat(replayed.path("failovers").path(0).path("ended").booleanValue())
                .isTrue();
        assertThat(replay(recording)).isEqualTo(comparable(kept.resolve("live.txt")));
    }

    /** Kills the leader, brings it back, and writes down what the live screen says in the end. */
    private void record() throws IOException {
        String patop = cluster.beside() + " docker run --rm -ti --network=patroni_patroni -v " + cluster.socket()
                + ":/var/run/docker.sock -v " + kept + ":/kept -w /kept patop --record session.jsonl.gz";
        try (Tmux tmux = Tmux.open(100, ROWS)) {
            tmux.type(patop, "Enter");
            String leader = leader(tmux.await("three members", Duration.ofSeconds(60), RecordIT::isHealthy));
            tmux.type("K");
            tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
            tmux.type("y");
            tmux.await(
                    "a new leader",
                    A_FAILOVER,
                    screen -> screen.contains("is promoted") && !leader(screen).equals(leader));
            tmux.await("the cursor on the old leader", SOON, screen -> row(screen, leader)
                    .startsWith("▸"));
            tmux.type("+");
            tmux.await(
                    "the question",
                    SOON,
                    screen -> screen.contains("Scale service patroni_" + leader + " to 1?")
                            && screen.contains("yes, do it"));
            tmux.type("y");
            tmux.await(
                    "the old leader back",
                    A_FAILOVER,
                    screen -> isHealthy(screen)
                            && row(screen, leader).matches(".*Replica +(streaming|running) .*")
                            && screen.replaceAll("\\s+", " ").contains(leader + " keeps up")
                            && screen.matches("(?s).*failover at \\d\\d:\\d\\d:\\d\\d: .*")
                            && isQuiet(screen));
            tmux.type(":export live.json", "Enter");
            tmux.await("the report", SOON, screen -> screen.contains("written to live.json"));
            takeQuietPicture(tmux);
            tmux.type("q");
            tmux.await("the end", SOON, screen -> !screen.contains("q Quit"));
        }
    }

    /**
     * Two of them, in two seconds, that are alike: a replay is wound to the second, and not finer. Again, where anything
     * happened meanwhile, as a lag that has changed.
     */
    private void takeQuietPicture(Tmux tmux) throws IOException {
        Path picture = kept.resolve("live.txt");
        List<String> before;
        do {
            tmux.await("a quiet screen", A_FAILOVER, RecordIT::isQuiet);
            takePicture(tmux, picture);
            before = comparable(picture);
            String second = clock(Files.readString(picture));
            tmux.await("the next second", SOON, screen -> !clock(screen).equals(second));
            takePicture(tmux, picture);
        } while (!comparable(picture).equals(before) || !isQuiet(Files.readString(picture)));
    }

    private static void takePicture(Tmux tmux, Path picture) throws IOException {
        Files.deleteIfExists(picture);
        tmux.type(":screenshot " + picture.getFileName(), "Enter");
        tmux.await(
                "the picture",
                SOON,
                screen -> Files.exists(picture) && Files.readAllLines(picture).size() == ROWS);
    }

    /** On its first line, at its end. */
    private static String clock(String screen) {
        String first = screen.lines().findFirst().orElse("").stripTrailing();
        return first.substring(Math.max(0, first.length() - "hh:mm:ss".length()));
    }

    /** The screen of the replay as of the moment at which the live one was kept. */
    private List<String> replay(Path recording) throws IOException {
        String second = clock(Files.readString(kept.resolve("live.txt")));
        try (Tmux tmux = Tmux.open(100, ROWS)) {
            tmux.type(
                    java()
                            + " -Duser.timezone=UTC -Dnative.encoding=UTF-8 -jar target/patop.jar replay --paused --from "
                            + second + " " + recording,
                    "Enter");
            tmux.await("the replay", SOON, screen -> screen.contains("REPLAY "));
            tmux.type(":screenshot " + kept.resolve("replay.txt"), "Enter");
            tmux.await("the picture", SOON, screen -> screen.contains("written to"));
            tmux.type("q");
        }
        return comparable(kept.resolve("replay.txt"));
    }

    /** All but the lanes and the two lines at the bottom; what changes from second to second is left out. */
    private static List<String> comparable(Path screenshot) throws IOException {
        List<String> lines = Files.readAllLines(screenshot);
        return withoutLanes(lines.subList(0, lines.size() - 2)).stream()
                .map(line -> line.replaceAll("\\d\\d:\\d\\d:\\d\\d$", "")
                        .replaceAll("^▸", " ")
                        .replaceAll("\\d+ ms", "ms")
                        .replaceAll("leads for [\\dms ]+", "leads for a while")
                        .replaceAll("at risk.*", "at risk")
                        .replaceAll(" +", " "))
                .toList();
    }

    /** The lanes move on with each second, and a recording has none of the time before it. */
    private static List<String> withoutLanes(List<String> lines) {
        List<String> others = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("─ ")) {
                inside = line.startsWith("─ Last ");
            }
            if (!inside) {
                others.add(line);
            }
        }
        return others;
    }

    /** Whether nothing has happened for three seconds. */
    private static boolean isQuiet(String screen) {
        Optional<LocalTime> last = screen.lines()
                .filter(line -> line.matches("\\d\\d:\\d\\d:\\d\\d .*"))
                .map(line -> LocalTime.parse(line.substring(0, 8)))
                .reduce((one, other) -> other);
        return last.isPresent()
                && Duration.between(last.get(), LocalTime.parse(clock(screen))).toSeconds() >= 3;
    }

    private static List<String> firstOf(JsonNode events, int number) {
        List<String> lines = new ArrayList<>();
        events.forEach(event -> lines.add(event.toString()));
        return lines.subList(0, Math.min(number, lines.size()));
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static boolean isHealthy(String screen) {
        return screen.lines()
                                .filter(line -> line.matches("^. . patroni\\d .*1/1.*"))
                                .count()
                        == 3
                && !leader(screen).isEmpty();
    }

    private static String leader(String screen) {
        Matcher leader = Pattern.compile("Leader ★ (\\S+)").matcher(screen);
        return leader.find() ? leader.group(1) : "";
    }

    private static String row(String screen, String member) {
        return screen.lines()
                .filter(line -> line.matches("^. . " + member + " .*"))
                .findFirst()
                .orElse("");
    }
}
