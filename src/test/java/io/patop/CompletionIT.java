package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts in the real shells: sourced as dist/docs/scripts.md says, and asked by TAB in a terminal. */
class CompletionIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void tabCompletes(String shell) throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path patop = Files.writeString(
                bin.resolve("patop"),
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -cp '"
                        + ProgramIT.classPath() + "' io.patop.command.Patop \"$@\"\n");
        Files.setPosixFilePermissions(patop, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (SimulatedCluster cluster =
                        SimulatedCluster.start(SimulationOptions.defaults().withNodes(2));
                Tmux tmux = Tmux.open(100, 30)) {
            // A shell that is ended writes its history, and would write it into a folder that is being removed.
            tmux.type(
                    "export HISTFILE= fish_history= HOME=" + directory + " PATH=" + bin + ":$PATH PATOP_URL="
                            + cluster.nodes().get(0).rest(),
                    "Enter",
                    start(shell),
                    "Enter");
            tmux.type(source(shell), "Enter", "echo rea''dy", "Enter");
            tmux.await("the shell", SOON, screen -> screen.contains("ready"));

            completes(tmux, "patop switcho", "patop switchover");
            completes(tmux, "patop list --time", "patop list --timestamp");
            completes(tmux, "patop list -f y", "patop list -f y", "yaml", "yml");
            completes(tmux, "patop list -f pr", "patop list -f pretty");
            completes(tmux, "patop drill --fault sw", "patop drill --fault switchover");
            completes(tmux, "patop restart --role stan", "patop restart --role standby");
            completes(tmux, "patop haproxy inf", "patop haproxy info");
            completes(tmux, "patop get patroni", "patop get patroni", "patroni1", "patroni2");
            tmux.type("C-c");
        }
    }

    private static String start(String shell) {
        return switch (shell) {
            case "bash" -> "bash --norc";
            case "zsh" -> "zsh -f";
            default -> "fish --no-config";
        };
    }

    private static String source(String shell) {
        return shell.equals("fish") ? "patop completion fish | source" : "source <(patop completion " + shell + ")";
    }

    /** The words that TAB brings, once or twice, on the line or below it. */
    private static void completes(Tmux tmux, String typed, String... shown) throws Exception {
        // No Ctrl-C: bash may still be asking for members, and would be broken off after the next line has been typed.
        tmux.type("C-u");
        tmux.type("C-l");
        tmux.await("an empty line", SOON, screen -> !screen.contains("patop "));
        tmux.type("-l", typed);
        tmux.await(typed, SOON, screen -> screen.contains(typed));
        tmux.type("Tab");
        tmux.type("Tab");
        String screen = tmux.await(typed + " and TAB", SOON, now -> {
            for (String word : shown) {
                if (!now.contains(word)) {
                    return false;
                }
            }
            return true;
        });
        assertThat(screen).doesNotContain("not found", "bad substitution", "parse error");
    }
}
