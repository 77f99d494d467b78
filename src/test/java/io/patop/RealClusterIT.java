package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole of it, on a real cluster and in a real terminal: what a person does and sees. */
@Tag("bookworm")
@Tag("forky")
@Tag("bullseye")
@ExtendWith(OnRealCluster.class)
class RealClusterIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_FAILOVER = Duration.ofSeconds(90);

    private final RealCluster cluster;

    RealClusterIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void theLeaderIsKilledAndBroughtBackFromTheKeyboard() throws IOException {
        try (Tmux tmux = Tmux.open(80, 40)) {
            tmux.type("stty -a | cksum; " + cluster.patop() + "; stty -a | cksum", "Enter");
            String healthy = tmux.await("three members", Duration.ofSeconds(60), RealClusterIT::isHealthy);
            String leader = leader(healthy);

            tmux.type("K");
            String question = tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
            assertThat(question)
                    .contains("Scale service patroni_" + leader + " to 0?")
                    .contains("the LEADER");
            tmux.type("y");
            String served = tmux.await(
                    "a new leader",
                    A_FAILOVER,
                    screen -> screen.contains("is promoted") && !leader(screen).equals(leader));
            // Docker may answer only after the container has gone.
            assertThat(served.replaceAll("\\s+", " "))
                    .contains("done: scale service patroni_" + leader + " to 0")
                    .containsSubsequence(
                            "leader " + leader + ": REST API",
                            "holds the leader key in place of " + leader,
                            "is promoted: primary on timeline");

            tmux.await("the cursor on the old leader", SOON, screen -> row(screen, leader)
                    .startsWith("▸"));
            tmux.type("+");
            tmux.await(
                    "the question",
                    SOON,
                    screen -> screen.contains("Scale service patroni_" + leader + " to 1?")
                            && screen.contains("yes, do it"));
            tmux.type("y");
            String back = tmux.await(
                    "the old leader back",
                    A_FAILOVER,
                    screen -> isHealthy(screen)
                            && row(screen, leader).matches(".*Replica +streaming .*")
                            && screen.replaceAll("\\s+", " ").contains(leader + " keeps up"));
            Files.writeString(Path.of("target", "failover-on-the-real-cluster.txt"), back);
            assertThat(row(back, leader))
                    .contains("Replica")
                    .contains("streaming")
                    .contains("1/1");

            tmux.type("q");
            tmux.await(
                    "the shell",
                    SOON,
                    screen -> screen.lines()
                                    .filter(line -> line.matches("\\d+ \\d+"))
                                    .count()
                            == 2);
            List<String> sums = tmux.screen()
                    .lines()
                    .filter(line -> line.matches("\\d+ \\d+"))
                    .toList();
            assertThat(sums.get(0)).as("the terminal's settings are as before").isEqualTo(sums.get(1));
            assertThat(tmux.ask("#{alternate_on}")).isEqualTo("0");
        }
    }

    @Test
    void listPrintsWhatPatronictlPrints() throws IOException {
        String node = cluster.inside(SOON, "docker", "ps", "-q", "-f", "name=patroni_patroni")
                .lines()
                .findFirst()
                .orElseThrow();
        for (String format : List.of("pretty", "json", "tsv", "yaml")) {
            String[] pair = {"", "?"};
            // The cluster lives: between the two commands a lag may have moved.
            for (int attempt = 0; attempt < 10 && !pair[0].equals(pair[1]); attempt++) {
                pair[0] = cluster.inside(SOON, "docker", "exec", node, "patronictl", "list", "-f", format);
                pair[1] = cluster.inside(
                        SOON,
                        "docker",
                        "run",
                        "--rm",
                        "--network=patroni_patroni",
                        "patop",
                        "list",
                        "-f",
                        format,
                        "-u",
                        "patroni1:8091,patroni2:8091,patroni3:8091");
            }
            assertThat(pair[1]).as(format).isEqualTo(pair[0]);
        }
    }

    private static boolean isHealthy(String screen) {
        return screen.contains("★")
                && List.of("patroni1", "patroni2", "patroni3").stream()
                        .allMatch(member -> row(screen, member).matches(".* (running|streaming) .* ms .*1/1.*"));
    }

    private static String leader(String screen) {
        Matcher leader = Pattern.compile("Leader ★ (patroni\\d)").matcher(screen);
        return leader.find() ? leader.group(1) : "";
    }

    private static String row(String screen, String member) {
        return screen.lines()
                .filter(line -> line.matches("^[▸ ] [★✗ ] " + member + " .*"))
                .findFirst()
                .orElse("");
    }
}
