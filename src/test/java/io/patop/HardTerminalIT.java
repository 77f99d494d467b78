package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What terminals and people do to a program: it goes on, or it gives the terminal back as it was. */
class HardTerminalIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ENDED = Pattern.compile("(?m)^q*ended (\\d+) (same|other)");

    @TempDir
    Path temporary;

    @Test
    void aStormOfResizesEndsInAFrameThatFits() throws IOException {
        try (Tmux tmux = started(80, 24, "", "")) {
            tmux.await("the members", SOON, screen -> screen.contains("patroni3"));
            Random random = new Random(7);
            for (int i = 0; i < 100; i++) {
                tmux.resize(10 + random.nextInt(290), 3 + random.nextInt(90));
            }
            tmux.resize(100, 30);
            tmux.await("the last frame", SOON, screen -> {
                List<String> lines = screen.lines().toList();
                return lines.size() == 30
                        && lines.get(29).startsWith("q Quit")
                        && lines.get(0).startsWith("patop ");
            });
            end(tmux, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 5", "1, 1", "500, 200"})
    void anySizeIsLivedWith(int columns, int rows) throws IOException {
        try (Tmux tmux = started(80, 24, "", "")) {
            tmux.await("the members", SOON, screen -> screen.contains("patroni3"));
            tmux.resize(columns, rows);
            tmux.await("a frame of that size", SOON, screen -> {
                List<String> lines = screen.lines().toList();
                return columns < 40
                        ? !screen.contains("MEMBER")
                        : lines.size() == rows && lines.get(rows - 1).startsWith("q Quit");
            });
            tmux.resize(80, 24);
            tmux.await("the members again", SOON, screen -> screen.contains("q Quit") && screen.contains("patroni3"));
            end(tmux, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TERM=linux",
                "TERM=xterm",
                "TERM=xterm-256color",
                "TERM=screen",
                "TERM=tmux-256color",
                "TERM=vt100",
                "TERM=",
                "-u TERM"
            })
    void anyKindOfTerminalWillDo(String term) throws IOException {
        try (Tmux tmux = started(80, 24, term, "")) {
            tmux.await("the members", SOON, screen -> screen.contains("patroni3") && screen.contains("q Quit"));
            end(tmux, 0);
        }
    }

    @Test
    void aDumbOneIsRefusedInALine() throws IOException {
        try (Tmux tmux = started(80, 24, "TERM=dumb", "")) {
            String screen =
                    tmux.await("the end", SOON, text -> ENDED.matcher(text).find());
            assertThat(screen)
                    .contains("patop: TERM=dumb cannot show a dashboard")
                    .contains("ended 2 same");
        }
    }

    /** A paste by accident must not be taken for keys: it could kill the leader and say yes to it. */
    @Test
    void pastedTextIsNeverTakenForKeys() throws IOException {
        try (Tmux tmux = started(80, 24, "", "")) {
            tmux.await("the members", SOON, screen -> screen.contains("patroni3"));
            tmux.paste("Ky".repeat(50_000), true);
            String screen =
                    tmux.await("a word on it", SOON, text -> text.contains("pasted text is not taken for keys"));
            assertThat(screen).doesNotContain("yes, do it").contains("nothing has happened yet");
            tmux.type("/");
            tmux.paste("patroni2", true);
            tmux.await("the filter", SOON, text -> text.contains("/patroni2") && !text.contains("patroni3"));
            tmux.type("Enter");
            end(tmux, 0);
        }
    }

    /** Where the terminal marks no pastes, each character is a key; that must not hang it. */
    @Test
    void aHundredThousandKeysAreSurvived() throws IOException {
        try (Tmux tmux = started(80, 24, "", "")) {
            tmux.await("the members", SOON, screen -> screen.contains("patroni3"));
            tmux.paste("jk".repeat(50_000), false);
            tmux.type("?");
            tmux.await("the help", SOON, screen -> screen.contains("select the row above"));
            tmux.type("q");
            end(tmux, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-z", "TSTP", "STOP"})
    void aSuspendedOneGivesTheTerminalBackAndTakesItAgain(String how) throws IOException {
        try (Tmux tmux = Tmux.open(80, 24)) {
            tmux.type(patop(""), "Enter");
            tmux.await("the members", SOON, screen -> screen.contains("patroni3"));
            if (how.equals("C-z")) {
                tmux.type("C-z");
            } else {
                RealCluster.run(SOON, List.of("kill", "-" + how, String.valueOf(shellsChild(tmux))));
            }
            tmux.await("the shell's word", SOON, screen -> screen.contains("Stopped") || how.equals("STOP"));
            if (!how.equals("STOP")) {
                assertThat(tmux.ask("#{alternate_on} #{cursor_flag}")).isEqualTo("0 1");
            }
            tmux.type("fg", "Enter");
            tmux.await(
                    "the members again",
                    SOON,
                    screen -> screen.contains("patroni3") && screen.contains("q Quit") && !screen.contains("Stopped"));
            assertThat(tmux.ask("#{alternate_on} #{cursor_flag}")).isEqualTo("1 0");
            tmux.type("?");
            tmux.await("the help, so that keys are keys", SOON, screen -> screen.contains("select the row above"));
            tmux.type("q", "q");
            tmux.await("the shell", SOON, screen -> !screen.contains("q Quit"));
            assertThat(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
                    .isEqualTo("0 1 0");
            tmux.type("stty -a | grep -o ' echo ' | tr ' ' '<'", "Enter");
            tmux.await("echo", SOON, screen -> screen.contains("<echo<"));
        }
    }

    /** So little memory that something fails, sooner or later: it ends, and not with a spoilt terminal. */
    @Test
    void outOfMemoryItGivesTheTerminalBack() throws IOException {
        try (Tmux tmux = started(80, 24, "", "-Xmx11m -XX:-UseGCOverheadLimit", "--nodes 400")) {
            tmux.await("the end", Duration.ofMinutes(2), screen -> {
                if (!ENDED.matcher(screen).find()) {
                    tmux.type("q");
                    return false;
                }
                return true;
            });
            assertThat(tmux.screen()).contains(" same");
            assertThat(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
                    .isEqualTo("0 1 0");
        }
    }

    private static void end(Tmux tmux, int exitCode) throws IOException {
        tmux.type("q");
        String screen =
                tmux.await("the shell", SOON, text -> ENDED.matcher(text).find());
        assertThat(screen).contains("ended " + exitCode + " same");
        assertThat(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}")).isEqualTo("0 1 0");
    }

    private static long shellsChild(Tmux tmux) throws IOException {
        return ProcessHandle.of(Long.parseLong(tmux.ask("#{pane_pid}")))
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private Tmux started(int columns, int rows, String environment, String java, String... more) throws IOException {
        Tmux tmux = Tmux.open(columns, rows);
        tmux.type(
                "s() { stty -a | tail -n +2; }; S=$(s); clear; env " + environment + " " + patop(java) + " "
                        + String.join(" ", more)
                        + "; R=$?; [ \"$S\" = \"$(s)\" ] && echo ended $R same || echo ended $R other",
                "Enter");
        return tmux;
    }

    private String patop(String java) {
        return ProcessHandle.current().info().command().orElseThrow()
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir=" + temporary + " "
                + java
                + " -jar target/patop.jar demo";
    }
}
