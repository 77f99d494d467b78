package io.patop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own, where the machine is not as it should be. */
class ProgramIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    /** What a command printed, and how it ended. */
    private record Run(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "list -f json",
                "topology",
                "history",
                "show-config",
                "dsn",
                "version",
                "get patroni1 /patroni",
                "services",
                "drill --demo --yes --speed 50 --settle 0.1s",
                "replay src/test/resources/traces/live-4.1.4.jsonl.gz --report",
                "replay src/test/resources/traces/live-4.1.4.jsonl.gz --report -f json",
                "haproxy",
                "haproxy -f csv",
                "haproxy info",
                "probe --create --count 3",
                "probe --create --count 3 -f json",
                "completion bash",
                "completion fish",
                "--help",
                "list --help",
                "--version"
            })
    void aFullDeviceIsSaid(String line) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(20))) {
            Run full = reached(
                    Path.of("/dev/full"),
                    Map.of(
                            "PATOP_URL",
                            cluster.nodes().get(0).rest().toString(),
                            "PATOP_DOCKER_HOST",
                            "unix://" + cluster.dockerSocket(),
                            "PATOP_HAPROXY",
                            cluster.haproxySocket().toString(),
                            "PATOP_DSN",
                            "postgresql://patop@127.0.0.1:" + cluster.databasePort() + "/patop"),
                    line.split(" ", -1));
            assertThat(full.err()).endsWith("patop: standard output cannot be written: No space left on device\n");
            assertThat(full.code()).isEqualTo(1);
        }
    }

    /** What happens is printed as it happens, and the first line that cannot be is the last. */
    @ParameterizedTest
    @ValueSource(strings = {"watch", "watch -f json"})
    void aFullDeviceEndsAWatchAtTheFirstEvent(String line) throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(20))) {
            Process watch = start(
                    Path.of("/dev/full"),
                    Map.of("PATOP_URL", cluster.nodes().get(0).rest().toString()),
                    line.split(" ", -1));
            try {
                Iterator<SimulatedFault.Kind> inTurn = Stream.iterate(
                                SimulatedFault.Kind.PAUSE,
                                last -> last == SimulatedFault.Kind.PAUSE
                                        ? SimulatedFault.Kind.RESUME
                                        : SimulatedFault.Kind.PAUSE)
                        .iterator();
                // Longer than a poll, so that no poll always meets the same of the two.
                await("the end")
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(1_700))
                        .until(
                                () -> {
                                    cluster.apply(SimulatedFault.of(inTurn.next()));
                                    return said();
                                },
                                said -> !watch.isAlive());
            } finally {
                watch.destroyForcibly();
            }
            assertThat(said()).endsWith("patop: standard output cannot be written: No space left on device\n");
            assertThat(watch.exitValue()).isEqualTo(1);
        }
    }

    /** Java's own errors are no stack trace: where there are too few descriptors for its classes, or too little heap. */
    @ParameterizedTest
    @ValueSource(strings = {"list -u 127.0.0.1:1", "drill --demo --yes --speed 50 --settle 0.1s", "completion bash"})
    void tooFewOpenFilesAreOneLine(String line) throws Exception {
        for (int files : new int[] {20, 24, 28, 36}) {
            Run few = shell("ulimit -n " + files + "; " + program(line));
            assertThat(few.err())
                    .as("ulimit -n " + files)
                    .doesNotContain("a bug", "\tat ", "Exception in")
                    .satisfies(said -> assertThat(said.lines()).hasSizeLessThanOrEqualTo(1));
            assertThat(few.code() == 0).isEqualTo(few.err().isEmpty());
        }
    }

    @Test
    void aClosedPipeIsQuiet() throws Exception {
        Run closed = shell("(" + program("completion bash") + "; echo ended with $? >&2) | head -n 1");
        assertThat(closed.out()).hasLineCount(1);
        assertThat(closed.err()).isEqualTo("ended with 0\n");
    }

    @Test
    void completionScriptsAreWhole() throws Exception {
        assertThat(run("completion", "bash").out()).endsWith("complete -F _patop_with_members -o default patop\n");
        assertThat(run("completion", "fish").out().length()).isGreaterThan(1 << 14);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record EMPTY -u 127.0.0.1:1|2|patop: Invalid value for positional parameter at index 0 (FILE): the name of"
                        + " a file is empty (see patop record --help)",
                "replay EMPTY|2|patop: Invalid value for positional parameter at index 0 (FILE): the name of a file is empty"
                        + " (see patop replay --help)",
                "fleet --clusters EMPTY|2|patop: Invalid value for option '--clusters': the name of a file is empty"
                        + " (see patop fleet --help)"
            })
    void anEmptyNameIsOneLine(String line, int code, String said) throws Exception {
        String[] words = line.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("EMPTY", "");
        }
        assertThat(run(words)).isEqualTo(new Run(code, "", said + "\n"));
    }

    @Test
    void withoutATemporaryDirectoryTheDemoSaysSo() throws Exception {
        Run none = run(
                directory.resolve("out"),
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=/nowhere"),
                "drill",
                "--demo",
                "--yes");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err())
                .endsWith("patop: the simulated cluster could not start: no directory can be made in /nowhere\n")
                .doesNotContain("a bug");
    }

    @Test
    void aPipeThatNobodyWritesToIsNotWaitedForAsAConfiguration() throws Exception {
        Run waited = shell("mkfifo pipe && " + program("list -c pipe -u 127.0.0.1:1"));
        assertThat(waited.code()).isEqualTo(2);
        assertThat(waited.err())
                .isEqualTo("patop: pipe cannot be read: it is no file, and nobody wrote all of it within 5 s\n");
        Run written = shell("(echo 'scope: x' > pipe &) ; " + program("list -c pipe -u 127.0.0.1:1"));
        assertThat(written.err()).contains("connection refused");
    }

    @Test
    void aPipeThatNobodyWritesToIsNotWaitedForAsAFleet() throws Exception {
        Run waited = shell("mkfifo pipe && " + program("fleet --clusters pipe"));
        assertThat(waited)
                .isEqualTo(new Run(
                        2, "", "patop: pipe cannot be read: it is no file, and nobody wrote all of it within 5 s\n"));
        Run written = shell("(echo 'clusters: {}' > pipe &) ; " + program("fleet --clusters pipe"));
        assertThat(written.err()).startsWith("patop: pipe").contains("it names no clusters");
    }

    @Test
    void aPasswordOnTheCommandLineIsWarnedOf() throws Exception {
        String warning =
                "patop: a password on the command line can be read by everybody on this machine: use PGPASSWORD or"
                        + " ~/.pgpass\n";
        Run told = run("probe", "--dsn", "postgresql://me:secret@127.0.0.1:1/db");
        assertThat(told.err()).containsOnlyOnce(warning).doesNotContain("secret");
        Run kept = run(directory.resolve("out"), Map.of("PATOP_DSN", "postgresql://me:secret@127.0.0.1:1/db"), "probe");
        assertThat(kept.err()).doesNotContain(warning).contains("connection refused");
        assertThat(run("probe", "--dsn", "postgresql://me@127.0.0.1:1/db").err())
                .doesNotContain(warning);
    }

    @Test
    void aFrozenMemberIsShownAsFrozen() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            String url = cluster.nodes().get(0).rest().toString();
            String host = "unix://" + cluster.dockerSocket();
            Path out = directory.resolve("out");
            assertThat(reached(out, Map.of(), "services", "-f", "tsv", "--docker-host", host)
                            .out())
                    .doesNotContain("frozen");
            assertThat(reached(out, Map.of(), "freeze", "patroni2", "--yes", "-u", url, "--docker-host", host)
                            .code())
                    .isZero();
            assertThat(reached(out, Map.of(), "services", "-f", "tsv", "--docker-host", host)
                            .out())
                    .containsPattern("patroni2\tservice\t1\t1\tfrozen")
                    .containsPattern("patroni1\tservice\t1\t1\trunning");
        }
    }

    /** After an hour of failovers a demo had three times the threads; by hand: {@code -Dsoak.runs=60}. */
    @Test
    void failoverAfterFailoverTheDemosThreadsAndDescriptorsStayAsTheyAre() throws Exception {
        int runs = Integer.getInteger("soak.runs", 3);
        Process drill = new ProcessBuilder(Stream.concat(
                                program().stream(),
                                Stream.of(
                                        "drill --demo --yes --speed 20 --settle 200ms --max-lost 1000 --fault stop,kill,switchover -n "
                                                .concat(String.valueOf(runs))
                                                .split(" ", -1)))
                        .toList())
                .redirectErrorStream(true)
                .start();
        List<Integer> threads = new ArrayList<>();
        List<Integer> descriptors = new ArrayList<>();
        try (BufferedReader lines = drill.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(": fault after ")) {
                    threads.add(count(drill, "task"));
                    descriptors.add(count(drill, "fd"));
                }
            }
        } finally {
            drill.destroyForcibly();
        }
        assertThat(threads).hasSizeGreaterThanOrEqualTo(runs);
        int last = threads.size() - 1;
        assertThat(threads.get(last)).as("%s", threads).isLessThan(threads.get(1) + 15);
        assertThat(descriptors.get(last)).as("%s", descriptors).isLessThan(descriptors.get(1) + 25);
    }

    private static int count(Process process, String what) {
        String[] names =
                Path.of("/proc", String.valueOf(process.pid()), what).toFile().list();
        return names == null ? 0 : names.length;
    }

    @Test
    void haproxysCommandsHaveHelp() throws Exception {
        Run help = run("haproxy", "info", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: patop haproxy info").contains("Default: pretty.");
    }

    private Run run(String... words) throws Exception {
        return run(directory.resolve("out"), Map.of(), words);
    }

    private Run run(Path out, Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of(words));
        return end(new ProcessBuilder(command), out, environment);
    }

    /** On a machine with much to do the simulated cluster may be late with its answers; it is asked again then. */
    private Run reached(Path out, Map<String, String> environment, String... words) throws Exception {
        Run run = run(out, environment, words);
        for (int again = 0; again < 30 && run.err().matches("(?s).*(no whole answer|does not answer).*"); again++) {
            run = run(out, environment, words);
        }
        return run;
    }

    private Run shell(String line) throws Exception {
        return end(
                new ProcessBuilder("bash", "-c", line).directory(directory.toFile()),
                directory.resolve("out"),
                Map.of());
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("err"), StandardCharsets.UTF_8);
    }

    private Process start(Path out, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of(words));
        return start(new ProcessBuilder(command), out, environment);
    }

    private Process start(ProcessBuilder builder, Path out, Map<String, String> environment) throws IOException {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("PAT"));
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        builder.environment().putAll(environment);
        return builder.redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private Run end(ProcessBuilder builder, Path out, Map<String, String> environment) throws Exception {
        Process process = start(builder, out, environment);
        try {
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = out.startsWith("/dev") ? "" : Files.readString(out, StandardCharsets.UTF_8);
        return new Run(process.exitValue(), printed, said());
    }

    private static String program(String arguments) {
        return "'" + String.join("' '", program()) + "' " + arguments;
    }

    /** The programs run elsewhere than the tests, so that each part is named in full. */
    static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> program() {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "io.patop.command.Patop");
    }
}
