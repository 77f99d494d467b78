package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each line of README and dist/docs that runs patop, as it stands there, on the simulated cluster: its addresses alone
 * are put in the place of theirs. No terminal is here, so that a dashboard and what asks first are refused, in words
 * that show that the line was understood; what never ends gets Ctrl-C.
 */
class ReadmeIT {

    private static final Path TRACE = Path.of("src/test/resources/traces/live-4.1.4.jsonl.gz");
    private static final Pattern RUNS_PATOP =
            Pattern.compile("(?:\\$ | {4})?((?:[A-Z]+=\\S+ )?(?:dist/)?patop(?: (?!patroni \\().*)?)");
    private static final Pattern DASHBOARD = Pattern.compile("(?:dist/)?patop( demo| replay (?!.*--report).*|( -.*)?)");
    private static final Pattern ASKS = Pattern.compile(
            "patop (drill(?! --demo --random)|scale|kill|break(?! --)|haproxy (disable|weight|clear-counters)) .*");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");

    @TempDir
    Path directory;

    static List<String> lines() throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        for (Path document : Documents.all()) {
            lines.addAll(linesOf(document));
        }
        return List.copyOf(lines);
    }

    private static List<String> linesOf(Path document) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean block = false;
        String begun = "";
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                block = !block;
                continue;
            }
            var runs = RUNS_PATOP.matcher(line);
            boolean command = (block || line.startsWith("    ")) && runs.matches();
            if (command || !begun.isEmpty()) {
                String whole = begun + (command ? runs.group(1) : line.strip());
                begun = whole.endsWith("\\") ? whole.substring(0, whole.length() - 1) : "";
                if (begun.isEmpty()) {
                    lines.add(COMMENT.matcher(whole).replaceAll(""));
                }
            }
        }
        return lines;
    }

    @Test
    void theyHaveManySuchLines() throws IOException {
        assertThat(lines())
                .hasSizeGreaterThan(30)
                .contains(
                        "dist/patop demo",
                        "patop list",
                        "patop get patroni1 /cluster | md5sum",
                        "patop haproxy info",
                        "patop replay failover.jsonl.gz --from 'event 3' --paused");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void doesWhatItSays(String line) throws Exception {
        Files.copy(TRACE, directory.resolve("failover.jsonl.gz"));
        Files.writeString(directory.resolve("patroni.yml"), "scope: demo\n");
        Files.writeString(directory.resolve("faults.txt"), "5s kill leader\n9s start leader\n");
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(20))) {
            Process process = end(start(here(line, cluster), cluster));
            // On a machine with much to do the simulated cluster may be late with its answers.
            for (int again = 0; again < 10 && said().matches("(?s).*(no whole answer|does not answer).*"); again++) {
                process = end(start(here(line, cluster), cluster));
            }
            String said = said();
            if (DASHBOARD.matcher(line).matches()) {
                assertThat(said).startsWith("patop: the dashboard needs a terminal");
                assertThat(process.exitValue()).isEqualTo(2);
            } else if (ASKS.matcher(line).matches()) {
                assertThat(said).startsWith("patop: there is no terminal to ask on: say --");
            } else if (line.equals("patop watch")) {
                assertThat(said).startsWith("patop: watching ");
            } else {
                boolean refused = line.contains("/replica?lag=1MB") || line.contains("--mistake");
                assertThat(process.exitValue()).as(said).isEqualTo(refused ? 1 : 0);
                assertThat(directory.resolve("out")).isNotEmptyFile();
            }
        }
    }

    private static Process end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return process;
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("err"), StandardCharsets.UTF_8);
    }

    /** The line with the simulated cluster's addresses. */
    private String here(String line, SimulatedCluster cluster) {
        String node = cluster.nodes().get(0).rest().toString();
        String database = "127.0.0.1:" + cluster.databasePort();
        return line.replace("http://10.0.0.1:8008", node)
                .replace(
                        "/etc/patroni/patroni.yml",
                        directory.resolve("patroni.yml").toString())
                .replace("haproxy:5000", database)
                .replace("localhost:5000", database)
                .replace("host=haproxy port=5000", "host=127.0.0.1 port=" + cluster.databasePort())
                .replace("> incident.md", "| tee incident.md")
                .replace("--script FILE", "--script faults.txt");
    }

    /** A shell in an empty directory, in which patop is on the PATH and stands in dist too. */
    private Process start(String line, SimulatedCluster cluster) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("dist"));
        Path program = Files.writeString(
                bin.resolve("patop"),
                """
                #!/bin/sh
                case "$1" in watch | probe) before='timeout --preserve-status -s INT 20' ;; esac
                exec ${before:-} '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' io.patop.command.Patop "$@"
                """
                        .formatted(System.getProperty("java.home"), ProgramIT.classPath()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder shell = new ProcessBuilder("bash", "-o", "pipefail", "-c", line)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        // What another test has left broken is not this line's.
        shell.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        shell.environment()
                .putAll(Map.of(
                        "PATH",
                        bin + ":" + System.getenv("PATH"),
                        "PATOP_URL",
                        cluster.nodes().get(0).rest().toString(),
                        "PATOP_DOCKER_HOST",
                        "unix://" + cluster.dockerSocket(),
                        "PATOP_HAPROXY",
                        cluster.haproxySocket().toString()));
        return shell.start();
    }
}
