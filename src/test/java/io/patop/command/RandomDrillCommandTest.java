package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.PatopProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code patop drill --demo --random} as a process of its own. */
@Timeout(300)
class RandomDrillCommandTest {

    @TempDir
    private Path directory;

    private record Ended(int code, String out) {}

    private static Process start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("drill", "--demo", "--random"));
        all.addAll(List.of(arguments));
        return PatopProcess.with(List.of(), all).redirectErrorStream(true).start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), out);
    }

    /** README shows a command, lines of what it finds, and the picture of it. */
    @Test
    void readmeShowsWhatItFinds() throws Exception {
        Path picture = directory.resolve("violation.svg");
        List<String> readme = Files.readAllLines(Path.of("README.md"));
        int command = readme.indexOf("patop drill --demo --random --for 3m --seed 5 --mistake stale-leader");
        List<String> shown = readme.subList(command + 1, readme.size());
        shown = shown.subList(0, shown.indexOf("```"));

        Ended ended =
                end(start("--for", "3m", "--seed", "5", "--mistake", "stale-leader", "--report", picture.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(shown).isNotEmpty();
        assertThat(ended.out().lines().toList()).containsAll(shown);
        assertThat(ended.out().lines().toList()).contains("  5s partition patroni1", "  56s heal patroni1");
        assertThat(picture).hasSameTextualContentAs(Path.of("dist/violation.svg"));
    }

    @Test
    void theShrunkScriptPlaysTheViolationAgain() throws Exception {
        Path json = directory.resolve("random.json");
        Path script = directory.resolve("faults.txt");
        end(start("--for", "3m", "--seed", "4", "--mistake", "no-fsync", "--report", json.toString()));
        JsonNode report = new JsonMapper().readTree(json.toFile());
        Files.writeString(script, report.path("shrunk").path("script").asText());

        Ended again = end(start("--script", script.toString(), "--seed", "4", "--mistake", "no-fsync"));

        assertThat(report.path("good").asBoolean(true)).isFalse();
        assertThat(report.path("shrunk").path("faults").asInt()).isEqualTo(1);
        JsonNode proof = report.path("shrunk").path("violations").path(0).path("proof");
        assertThat(proof).isNotEmpty();
        assertThat(again.code()).isEqualTo(1);
        proof.forEach(line -> assertThat(again.out()).contains(line.asText()));
        assertThat(report.path("again").asText())
                .isEqualTo("patop drill --demo --random --script FILE --seed 4 --clients 4 --mistake no-fsync");
    }

    @Test
    void aHealthyClusterPasses() throws Exception {
        Ended ended = end(start("--for", "1m", "--clients", "2"));

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("PASSED: nothing was found", "seed 1, 2 clients, 60.0 s");
    }

    @ParameterizedTest
    @CsvSource({"INT", "HUP", "TERM"})
    void aSignalCutsItShortAndWhatThereIsIsTold(String signal) throws Exception {
        Process process = start("--for", "24h");
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).startsWith("Playing ").endsWith("Ctrl-C ends it and tells what was found.");

        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();

        assertThat(out.lines().toList())
                .contains("PASSED: nothing was found (cut short)")
                .anyMatch(line -> line.startsWith("began ") && line.endsWith("cut short"));
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drill --random --mistake no-fsync|--mistake and --synchronous are for --demo",
                "drill --random --yes|no database is named: --dsn",
                "drill --demo --brutal|--brutal needs --random",
                "drill --demo --for 5m|--for needs --random",
                "drill --demo --random --fault kill|--fault means nothing with --random",
                "drill --demo --random --speed 5|--speed means nothing with --random",
                "drill --demo --random --for 5s|--for is 10s to 24h, not 5s",
                "drill --demo --random --for soon|--for is a time such as 30s, 500ms or 1m, not soon",
                "drill --demo --random --clients 0|--clients is 1 to 64, not 0",
                "drill --demo --random --mistake none|no mistake 'none'; there are: no-fsync, lying-sync",
                "drill --demo --random --synchronous maybe|--synchronous is off, on, strict, not maybe",
                "drill --demo --random --script /nonexistent|cannot read the script /nonexistent",
                "drill --demo --random --script pom.xml|pom.xml: line 1: a line is TIME FAULT [MEMBER]",
                "drill --demo --random --report out.md|with --random its extension is .txt, .json or .svg"
            })
    void wrongUseIsToldInOneLine(String arguments, String said) {
        Run run = Run.of(arguments.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("patop: ").contains(said).hasLineCount(1);
    }
}
