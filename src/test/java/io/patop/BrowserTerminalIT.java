package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API browser, the matrix of health checks and the talk mode in a real terminal, on the simulated cluster. */
class BrowserTerminalIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern COUNTS = Pattern.compile("without a working leader|nobody can write");

    @TempDir
    Path directory;

    @Test
    void aBodyIsBrowsedNarrowedAndSaved() throws Exception {
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.type(":api", "Enter");
            tmux.await("the tree", SOON, screen -> screen.contains("members: [3]"));
            tmux.type(".");
            tmux.await("the line to type", SOON, screen -> screen.contains("path ."));
            tmux.type("members[].name", "Enter");
            tmux.await("the names", SOON, screen -> screen.contains("\"patroni3\"") && !screen.contains("members: ["));
            tmux.type("w");
            tmux.await("the file's name", SOON, screen -> screen.contains("save to patroni1-cluster.json"));
            tmux.type("Enter");
            tmux.await("that it is saved", SOON, screen -> screen.contains("saved "));
            assertThat(Files.readString(directory.resolve("patroni1-cluster.json")))
                    .startsWith("{\"members\": [")
                    .endsWith("}");
            tmux.type("q");
        }
    }

    /** A frozen node accepts the connection and never answers. */
    @Test
    void aHungNodeDelaysNoKey() throws Exception {
        try (Tmux tmux = demo(100, 30, "")) {
            tmux.type("a");
            tmux.await("the menu", SOON, screen -> screen.contains("What to do to "));
            tmux.await("freeze", SOON, screen -> {
                if (screen.contains("▸ freeze container")) {
                    return true;
                }
                tmux.type("Down");
                return false;
            });
            tmux.type("Enter");
            tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
            tmux.type("y", ":api", "Enter");
            tmux.await("the hung answer", SOON, screen -> screen.contains("timed out") || screen.contains("asking"));
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                tmux.type(":health", "Enter");
                tmux.await("the checks", SOON, screen -> screen.contains("/liveness"));
                tmux.type(":api", "Enter");
                tmux.await("the browser", SOON, screen -> screen.contains("e Endpoint"));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            tmux.type("q");
        }
    }

    @Test
    void theMatrixShowsTheCodesOfAll() throws Exception {
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.type(":health", "Enter");
            tmux.await(
                    "all codes",
                    SOON,
                    screen -> screen.lines().anyMatch(line -> line.matches(".*/primary +✓ 200 +· 503 +· 503.*"))
                            && screen.lines().anyMatch(line -> line.matches(".*/readiness +✓ 200 +✓ 200 +✓ 200.*")));
            tmux.type("q");
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24, dark, 48;", "160, 45, light, 48;"})
    void anAudienceSeesTheFailover(int columns, int rows, String theme, String background) throws Exception {
        try (Tmux tmux = demo(columns, rows, "--theme " + theme)) {
            tmux.type("T");
            tmux.await("the boxes", SOON, screen -> screen.contains("LEADER") && screen.contains("▲"));
            assertThat(tmux.colors()).contains(background);
            tmux.type("K");
            tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
            tmux.type("y");
            tmux.await("the stopwatch", SOON, screen -> COUNTS.matcher(screen).find());
            tmux.await(
                    "the new leader",
                    SOON,
                    screen -> screen.contains("until the first write") || screen.contains("until the new leader"));
            tmux.type("Escape");
            tmux.await("the way back", SOON, screen -> screen.contains("MEMBER"));
            tmux.type("q");
        }
    }

    private Tmux demo(int columns, int rows, String options) throws IOException {
        Tmux tmux = Tmux.open(columns, rows);
        String jar = Path.of("target/patop.jar").toAbsolutePath().toString();
        tmux.type(
                "cd " + directory + "; env TERM=xterm-256color "
                        + ProcessHandle.current().info().command().orElseThrow()
                        + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar " + jar + " demo --speed 5 " + options,
                "Enter");
        tmux.await("the members", SOON, screen -> screen.contains("Leader ★ patroni") && screen.contains("patroni3"));
        return tmux;
    }
}
