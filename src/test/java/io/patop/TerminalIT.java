package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a real terminal, on the simulated cluster: how it looks there, and how it leaves. */
class TerminalIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern ENDED = Pattern.compile("(?m)^ended (\\d+) (same|other)");

    /** Java's directory for temporary files: nothing may be left in it. */
    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"q, 0", "C-c, 0", ":quit Enter, 0", "K q C-c, 0"})
    void aKeyEndsItAndGivesTheTerminalBack(String keys, int exitCode) throws Exception {
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            tmux.type(keys.split(" "));
            assertTerminalIsAsBefore(tmux, exitCode);
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
    void aSignalEndsItAndGivesTheTerminalBack(String signal, int exitCode) throws Exception {
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            RealCluster.run(
                    SOON,
                    List.of("kill", "-" + signal, String.valueOf(patop(tmux).pid())));
            assertTerminalIsAsBefore(tmux, exitCode);
        }
        assertNothingIsLeft();
    }

    @Test
    void aTerminalThatIsLostEndsIt() throws Exception {
        ProcessHandle patop;
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            patop = patop(tmux);
        }
        patop.onExit().get(30, TimeUnit.SECONDS);
        assertNothingIsLeft();
    }

    @Test
    void withoutAnEncodingBeyondAsciiThereAreOnlyAsciiSigns() throws Exception {
        try (Tmux tmux = demo(80, 24, "LC_ALL=C")) {
            String screen = tmux.await("the members", SOON, TerminalIT::showsMembers);
            assertThat(screen.lines()
                            .filter(line -> !line.startsWith("$"))
                            .collect(java.util.stream.Collectors.joining())
                            .chars()
                            .filter(sign -> sign > 126))
                    .isEmpty();
            tmux.type("q");
        }
    }

    @Test
    void noColorMeansNoColor() throws Exception {
        Pattern color = Pattern.compile("\u001b\\[[0-9;]*(3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m");
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            assertThat(tmux.colors()).containsPattern(color);
            tmux.type("q");
        }
        try (Tmux tmux = demo(80, 24, "NO_COLOR=1")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            assertThat(tmux.colors()).doesNotContainPattern(color);
            tmux.type("q");
        }
    }

    @Test
    void itFollowsTheSizeOfTheTerminal() throws Exception {
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            for (int[] size : new int[][] {{160, 45}, {60, 12}, {20, 5}, {200, 60}, {40, 10}, {100, 30}}) {
                tmux.resize(size[0], size[1]);
                tmux.await(
                        size[0] + "x" + size[1],
                        SOON,
                        screen -> (size[1] < 8 || size[0] < 40)
                                ? screen.contains("terminal too small")
                                : lastLine(screen, size[1]).startsWith("q Quit"));
            }
            tmux.type("q");
            assertTerminalIsAsBefore(tmux, 0);
        }
    }

    /** A request to a frozen member hangs for 3 s; ten keys that each waited for one would be too late. */
    @Test
    void aHungMemberDelaysNoKey() throws Exception {
        try (Tmux tmux = demo(100, 30, "")) {
            String healthy = tmux.await("the services", SOON, screen -> showsMembers(screen) && screen.contains("1/1"));
            String leader = leader(healthy);
            choose(tmux, "freeze container");
            tmux.await("the silence", SOON, screen -> screen.contains("✗ " + leader) || screen.contains("no answer"));

            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                tmux.type("2");
                tmux.await("the services", SOON, screen -> screen.contains("KIND"));
                tmux.type("1");
                tmux.await("the members", SOON, screen -> screen.contains("MEMBER") && !screen.contains("KIND"));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            tmux.type("q");
            assertTerminalIsAsBefore(tmux, 0);
        }
    }

    /** What a person has not read is not answered: not by a paste that the terminal does not mark, nor by typing on. */
    @ParameterizedTest
    @CsvSource({"Ky", "Kyyyyyyyyyyyyyyyyyyyy", "j-y"})
    void keysThatComeWithTheOneThatAsksAnswerNothing(String keys) throws Exception {
        try (Tmux tmux = demo(80, 24, "")) {
            tmux.await("the services", SOON, screen -> showsMembers(screen) && screen.contains("1/1"));
            tmux.paste(keys, false);
            String asked = tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
            assertThat(asked).contains("not taken: y was typed before the question could be read", "to 0?");
            tmux.type("y");
            tmux.await("the order", SOON, screen -> screen.contains("asked to "));
            tmux.type("q");
            assertTerminalIsAsBefore(tmux, 0);
        }
    }

    @Test
    void theSimulatorsOwnFaultsAreOnTheMenu() throws Exception {
        try (Tmux tmux = demo(100, 30, "")) {
            tmux.await("the members", SOON, TerminalIT::showsMembers);
            choose(tmux, "stop the DCS, patroni_etcd");
            tmux.await("the outage", SOON, screen -> screen.contains("DCS cannot be read"));
            choose(tmux, "scale service patroni_etcd to 1");
            tmux.await("the end of it", SOON, screen -> !screen.contains("DCS cannot be read, "));
            choose(tmux, "slow down the disk of");
            tmux.await("its end", SOON, screen -> screen.contains("done: slow down the disk of"));
            tmux.type("q");
            assertTerminalIsAsBefore(tmux, 0);
        }
    }

    private static void choose(Tmux tmux, String words) throws IOException {
        tmux.type("a");
        tmux.await("the menu", SOON, screen -> screen.contains("What to do to "));
        tmux.await(words, SOON, screen -> {
            if (screen.contains("▸ " + words)) {
                return true;
            }
            tmux.type("Down");
            return false;
        });
        tmux.type("Enter");
        tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
        tmux.type("y");
    }

    @Test
    void aScriptsStepsAreTold() throws Exception {
        try (Tmux tmux = Tmux.open(100, 30)) {
            tmux.type(java() + " demo --speed 5 --script switchover; echo ended $? same", "Enter");
            tmux.await("its steps", SOON, screen -> screen.contains("done: play \"switchover"));
            tmux.type("q");
            tmux.await("the shell", SOON, text -> ENDED.matcher(text).find());
        }
    }

    /** However patop ends; and what it was told in confidence it does not pass on. */
    @ParameterizedTest
    @CsvSource({"QUIT_KEY", "TERM", "KILL"})
    void whatRunsAtAnEventEndsWithIt(String end, @TempDir Path directory) throws Exception {
        Path pid = directory.resolve("pid");
        String hook = "env > " + directory + "/env; (sleep 1000 & echo $! > " + pid + "1; mv " + pid + "1 " + pid
                + ") & sleep 1000";
        try (Tmux tmux = Tmux.open(100, 30)) {
            tmux.type(
                    "PATOP_DSN='postgresql://u:hidden@h/d' PGPASSWORD=hidden " + java()
                            + " demo --speed 5 --script switchover --on-event '" + hook + "'; echo ended $? same",
                    "Enter");
            tmux.await("an event", Duration.ofSeconds(60), screen -> Files.exists(pid));
            ProcessHandle left = ProcessHandle.of(
                            Long.parseLong(Files.readString(pid).strip()))
                    .orElseThrow();
            assertThat(Files.readString(directory.resolve("env")))
                    .contains("PATH=")
                    .doesNotContain("hidden");
            if (end.equals("QUIT_KEY")) {
                tmux.type("q");
            } else {
                RealCluster.run(
                        SOON,
                        List.of("kill", "-" + end, String.valueOf(patop(tmux).pid())));
            }
            left.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** A limit of the shell's stands for a disk that is full. */
    @Test
    void aRecordingThatCannotGoOnIsAnEventAMarkAndAFailure(@TempDir Path directory) throws Exception {
        Path recording = directory.resolve("session.jsonl");
        try (Tmux tmux = Tmux.open(120, 30)) {
            tmux.type("(ulimit -f 64; " + java() + " demo --record " + recording + "); echo ended $? same", "Enter");
            tmux.await(
                    "the end of the recording",
                    Duration.ofSeconds(60),
                    screen -> screen.contains("✗ RECORDING ENDED")
                            && screen.contains("✗ cannot record to " + recording + ": File too large"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recording)))
                    .isEqualTo("rw-------");
            tmux.type("q");
            String screen =
                    tmux.await("the shell", SOON, text -> ENDED.matcher(text).find());
            assertThat(screen).contains("patop: cannot record to " + recording, "ended 1 ");
        }
    }

    /** The first frame of a cluster that does not answer says who is asked, and its clock shows that it goes on. */
    @Test
    void whoIsAskedIsSaidUntilOneAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Tmux tmux = Tmux.open(80, 24)) {
            String node = "127.0.0.1:" + silent.getLocalPort();
            tmux.type(java() + " -u http://" + node + "; echo ended $? same", "Enter");
            tmux.await("who is asked", SOON, screen -> screen.contains("asking " + node + " for "));
            tmux.await(
                    "the time since", SOON, screen -> screen.contains("asking " + node) && !screen.contains(" for 0s"));
            tmux.type("q");
            tmux.await("the shell", SOON, text -> ENDED.matcher(text).find());
        }
    }

    @Test
    void twoDemosDoNotDisturbEachOther() throws Exception {
        try (Tmux one = demo(80, 24, "");
                Tmux other = demo(80, 24, "")) {
            String healthy = one.await("the services", SOON, screen -> showsMembers(screen) && screen.contains("1/1"));
            String before = leader(other.await("the members", SOON, TerminalIT::showsMembers));
            one.type("K");
            one.await("the question", SOON, screen -> screen.contains("yes, do it"));
            one.type("y");
            one.await(
                    "a new leader",
                    SOON,
                    screen -> !leader(screen).isEmpty() && !leader(screen).equals(leader(healthy)));
            assertThat(leader(other.screen())).isEqualTo(before);
            assertThat(other.screen()).contains("nothing has happened yet");
            one.type("q");
            assertTerminalIsAsBefore(one, 0);
            assertThat(other.screen()).contains("Leader ★ " + before);
            other.type("C-c");
            assertTerminalIsAsBefore(other, 0);
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env TERM=dumb | demo | TERM=dumb cannot show a dashboard",
                "env | demo --nodes 0 | nodes: 1 to 1000, not 0",
                "env | demo --script /no/such/file | /no/such/file",
                "env | demo --patroni 9 | no Patroni 9 to simulate",
                "env | -u ftp://x | only http and https",
            })
    void badInputIsOneLineAndExitCode2(String environment, String arguments, String words) throws Exception {
        try (Tmux tmux = Tmux.open(160, 24)) {
            tmux.type(environment + " " + java() + " " + arguments + "; echo \"ended $? same\"", "Enter");
            String screen =
                    tmux.await("the end", SOON, text -> ENDED.matcher(text).find());
            List<String> said = screen.lines()
                    .dropWhile(line -> !line.startsWith("patop: "))
                    .takeWhile(line -> !line.startsWith("ended"))
                    .toList();
            assertThat(said).as(screen).isNotEmpty();
            assertThat(said.get(0)).contains(words);
            assertThat(screen).contains("ended 2");
        }
    }

    @Test
    void aPipeGetsNoEscapesAndAClosedOneEndsQuietly() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            String list = java() + " list -u " + cluster.nodes().get(0).rest();
            assertThat(shell(list + " | cat")).contains("Leader").doesNotContain("\u001b");
            assertThat(shell(list + " -w 0.1 | head -n 1; echo ${PIPESTATUS[0]}")
                            .lines()
                            .toList())
                    .hasSize(2);
        }
    }

    /** Standard output and error of a shell command. */
    private static String shell(String command) throws IOException {
        return RealCluster.run(SOON, List.of("bash", "-c", command));
    }

    private Tmux demo(int columns, int rows, String environment) throws IOException {
        Tmux tmux = Tmux.open(columns, rows);
        tmux.type(
                "s() { stty -a | tail -n +2; }; S=$(s); env " + environment + " " + java()
                        + " demo --speed 5; R=$?; [ \"$S\" = \"$(s)\" ] && echo ended $R same || echo ended $R other",
                "Enter");
        return tmux;
    }

    private String java() {
        return ProcessHandle.current().info().command().orElseThrow()
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir=" + temporary
                + " -jar target/patop.jar";
    }

    private static ProcessHandle patop(Tmux tmux) throws IOException {
        return ProcessHandle.of(Long.parseLong(tmux.ask("#{pane_pid}")))
                .orElseThrow()
                .children()
                .toList()
                .get(0);
    }

    private static void assertTerminalIsAsBefore(Tmux tmux, int exitCode) throws IOException {
        String screen =
                tmux.await("the shell", SOON, text -> ENDED.matcher(text).find());
        assertThat(screen).contains("ended " + exitCode + " same");
        assertThat(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}")).isEqualTo("0 1 0");
    }

    private void assertNothingIsLeft() throws IOException {
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(temporary)) {
            files.forEach(left::add);
        }
        assertThat(left).isEmpty();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains("java.io.tmpdir=" + temporary + " ")))
                .isEmpty();
    }

    private static boolean showsMembers(String screen) {
        return Stream.of("patroni1", "patroni2", "patroni3").allMatch(screen::contains)
                && !leader(screen).isEmpty();
    }

    private static String leader(String screen) {
        Matcher leader = Pattern.compile("Leader [★*] (patroni\\d)").matcher(screen);
        return leader.find() ? leader.group(1) : "";
    }

    private static String lastLine(String screen, int rows) {
        List<String> lines = screen.lines().toList();
        return lines.size() < rows ? "" : lines.get(rows - 1);
    }
}
