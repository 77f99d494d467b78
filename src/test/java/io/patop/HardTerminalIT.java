package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
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

    @TempDir
    Path directory;

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

    /** The size may be the old one again by the time it is asked for; what was on the terminal is lost all the same. */
    @Test
    void aWindowThatWasSmallForAMomentIsDrawnAnew() throws IOException {
        try (Tmux tmux = started(80, 24, "", "")) {
            tmux.await("the members", SOON, screen -> screen.contains("patroni3") && screen.contains("q Quit"));
            for (int i = 0; i < 10; i++) {
                tmux.resize(20, 5);
                tmux.resize(80, 24);
                tmux.await("the whole frame", SOON, screen -> {
                    List<String> lines = screen.lines().toList();
                    return lines.get(0).startsWith("patop ")
                            && screen.contains("patroni3")
                            && lines.get(23).startsWith("q Quit");
                });
            }
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

    /**
     * Another program may have left the mouse on: what it reports is no keys, and a patop without a mouse leaves it as it
     * was.
     */
    @Test
    void reportsOfAMouseThatIsOnAreNoKeys() throws IOException {
        try (Tmux tmux = Tmux.open(80, 24)) {
            tmux.type("printf '\\033[?1000h\\033[?1006h'; clear", "Enter");
            tmux.type(line("", patop("") + " --no-mouse"), "Enter");
            tmux.await("the members", SOON, screen -> screen.contains("patroni3") && screen.contains("q Quit"));
            for (String report :
                    List.of("\u001b[<0;10;6M", "\u001b[<0;10;6m", "\u001b[<64;75;75M", "\u001b[M Ky", "\u001b[M#qq")) {
                tmux.type("-l", report);
            }
            tmux.type("?");
            String screen = tmux.await(
                    "the help, so that all before it was taken", SOON, text -> text.contains("select the row above"));
            assertThat(screen).contains("sort by name, role, lag, trouble").doesNotContain("yes, do it");
            tmux.type("q");
            tmux.await("the members again", SOON, text -> !text.contains("select the row above"));
            tmux.type("q");
            assertThat(tmux.await("the shell", SOON, text -> ENDED.matcher(text).find()))
                    .contains("ended 0 same");
            assertThat(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
                    .isEqualTo("0 1 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "KILL"})
    void anEditorThatIsKilledGivesTheScreenBack(String signal) throws IOException {
        try (Tmux tmux = started(80, 24, "EDITOR='sleep 300 #'", "")) {
            long editor = openEditor(tmux);
            RealCluster.run(SOON, List.of("kill", "-" + signal, String.valueOf(editor)));
            tmux.await("a word on it", SOON, screen -> screen.contains("nothing was changed: the editor ended with"));
            end(tmux, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void oneThatIsKilledBesideItsEditorLeavesNothing(String signal, int exitCode) throws IOException {
        try (Tmux tmux = started(80, 24, "EDITOR='sleep 300 #'", "")) {
            long editor = openEditor(tmux);
            long patop = ProcessHandle.of(editor)
                    .orElseThrow()
                    .parent()
                    .orElseThrow()
                    .pid();
            RealCluster.run(SOON, List.of("kill", "-" + signal, String.valueOf(patop)));
            ended(tmux, exitCode);
            assertThat(ProcessHandle.of(editor).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    /** A view with a bug is a message in its place, and the others go on. */
    @Test
    void aBugInAViewIsAWordInItsPlace() throws Exception {
        Path broken = broken(
                "EventsPanel",
                "static void draw(Canvas canvas, java.util.List<Event> events, int skip,"
                        + " java.time.ZoneId zone) { throw new IllegalStateException(\"planned\"); }");
        try (Tmux tmux = startedOn(broken)) {
            tmux.await(
                    "the word on it",
                    SOON,
                    screen -> screen.contains("a bug: the view Members cannot be drawn") && screen.contains("Leader"));
            tmux.type("2");
            tmux.await("another view", SOON, screen -> !screen.contains("a bug:") && screen.contains("q Quit"));
            end(tmux, 0);
        }
    }

    /** What no view is to blame for ends the program, with one line and a terminal that is fit for it. */
    @Test
    void aBugOutsideTheViewsGivesTheTerminalBack() throws Exception {
        Path broken = broken(
                "Header",
                "public static final int ROWS = 3; public static void draw(Canvas canvas, Dashboard dashboard,"
                        + " java.time.Instant now, java.time.ZoneId zone, java.util.List<Cell> notes)"
                        + " { throw new IllegalStateException(\"planned\"); }");
        try (Tmux tmux = startedOn(broken)) {
            ended(tmux, 1);
            assertThat(tmux.screen()).contains("planned").doesNotContain("\tat ");
        }
    }

    /** A directory with a class of the screen's that has that body, to go before patop's own. */
    private Path broken(String name, String body) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("broken"));
        Path source = Files.writeString(
                directory.resolve(name + ".java"),
                "package io.patop.screen.view; import io.patop.screen.terminal.*; import io.patop.watch.model.*;"
                        + " public final class " + name + " { " + body + " }");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(code).isZero();
        return classes;
    }

    private Tmux startedOn(Path classes) throws IOException {
        Tmux tmux = Tmux.open(80, 24);
        tmux.type(line("", java("") + " -cp " + classes + ":target/patop.jar io.patop.command.Patop demo"), "Enter");
        return tmux;
    }

    /** The editor's process, once it runs. */
    private static long openEditor(Tmux tmux) throws IOException {
        tmux.await("the members", SOON, screen -> screen.contains("patroni3"));
        tmux.type(":config", "Enter");
        tmux.await("the configuration", SOON, screen -> screen.contains("loop_wait"));
        tmux.type("E");
        AtomicLong editor = new AtomicLong();
        tmux.await("the editor", SOON, screen -> {
            ProcessHandle.of(Long.parseLong(tmux.ask("#{pane_pid}")))
                    .orElseThrow()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("sleep 300"))
                    .forEach(process -> editor.set(process.pid()));
            return editor.get() != 0;
        });
        return editor.get();
    }

    private void ended(Tmux tmux, int exitCode) throws IOException {
        String screen =
                tmux.await("the shell", SOON, text -> ENDED.matcher(text).find());
        assertThat(screen).contains("ended " + exitCode + " same");
        assertThat(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}")).isEqualTo("0 1 0");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains("java.io.tmpdir=" + temporary + " ")))
                .isEmpty();
    }

    private void end(Tmux tmux, int exitCode) throws IOException {
        tmux.type("q");
        ended(tmux, exitCode);
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
        tmux.type(line(environment, patop(java) + " " + String.join(" ", more)), "Enter");
        return tmux;
    }

    private static String line(String environment, String command) {
        return "s() { stty -a | tail -n +2; }; S=$(s); clear; env " + environment + " " + command
                + "; R=$?; [ \"$S\" = \"$(s)\" ] && echo ended $R same || echo ended $R other";
    }

    private String patop(String java) {
        return java(java) + " -jar target/patop.jar demo";
    }

    private String java(String more) {
        return ProcessHandle.current().info().command().orElseThrow()
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir=" + temporary + " "
                + more;
    }
}
