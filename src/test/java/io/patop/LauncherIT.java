package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code dist/patop} in a fresh checkout: what it builds, and what it says where something is missing. Maven is
 * played by a script here, which does what the build does in an instant and keeps count; once it is the real one.
 */
class LauncherIT {

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String INSTALL = "Debian, Ubuntu: apt-get install default-jdk-headless;"
            + " Fedora: dnf install java-latest-openjdk-devel; macOS: brew install --cask temurin";
    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));
    private static final String SHELL = "/bin/sh";
    private static final List<String> TOOLS = List.of(
            "sh",
            "dirname",
            "readlink",
            "find",
            "head",
            "sed",
            "mkdir",
            "flock",
            "touch",
            "cp",
            "cat",
            "sleep",
            "env",
            "awk",
            "date",
            "grep",
            "cut",
            "tail",
            "mv",
            "ln",
            "rm",
            "mkfifo",
            "uname",
            "basename");

    @TempDir
    Path directory;

    private Path checkout;
    private Path path;

    /** What a command printed, and how it ended. */
    private record Run(int exitCode, String printed) {}

    @BeforeEach
    void makeCheckout() throws Exception {
        checkout = Files.createDirectories(directory.resolve("a fresh checkout"));
        for (String part : List.of("pom.xml", ".mvn", "src/main", "dist")) {
            Path target = checkout.resolve(part);
            Files.createDirectories(target.getParent());
            RealCluster.run(SOON, List.of("cp", "-a", PROJECT.resolve(part).toString(), target.toString()));
        }
        path = Files.createDirectories(directory.resolve("bin"));
        for (String tool : TOOLS) {
            String where = RealCluster.run(SOON, List.of("sh", "-c", "command -v " + tool))
                    .strip();
            script(tool, "exec " + where + " \"$@\"");
        }
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        assertThat(launch(Map.of()))
                .isEqualTo(
                        new Run(1, "patop: no Java found: install 17 or later (" + INSTALL + ") or set JAVA_HOME\n"));
    }

    @Test
    void withoutMavenTheCheckoutsOwnWrapperFetchesOne() throws Exception {
        Path wrapper = checkout.resolve("dist/mvnw");
        assertThat(wrapper).isExecutable();
        Files.writeString(wrapper, "#!" + SHELL + "\necho \"[ERROR] wrapped $*\"\nexit 1\n");

        assertThat(launch(JAVA).printed())
                .contains("patop: building, 1 of 5, fetching Maven\n")
                .contains("patop: the build failed: wrapped -B -Plauncher package (all of it: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "demo --speed=5"})
    void withoutATerminalTheDashboardIsRefusedBeforeAnythingIsBuilt(String arguments) throws Exception {
        script("mvn", "touch '" + directory + "/builds'");
        Run refused = end(start(checkout.resolve("dist/patop"), JAVA, text(arguments)));

        assertThat(refused)
                .isEqualTo(new Run(
                        2,
                        "patop: the dashboard needs a terminal on standard input and output; in a pipe use patop list"
                                + " or patop watch\n"));
        assertThat(directory.resolve("builds")).doesNotExist();
    }

    /** Whoever has no terminal is told the same by the program that was built. */
    @Test
    void theProgramSaysTheSameWords() throws Exception {
        assertThat(Files.readString(PROJECT.resolve("src/main/java/io/patop/command/live/FullScreen.java"))
                        .replaceAll("\"\\s*\\+ \"", ""))
                .contains("\"the dashboard needs a terminal on standard input and output; in a pipe use patop list or"
                        + " patop watch\"");
    }

    @Test
    void onATerminalALineMovesAndIsGoneInTheEnd() throws Exception {
        script(
                "mvn",
                "echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ patop ---'",
                "echo '[INFO] Compiling 7 source files with javac'",
                "echo 'Downloaded from central: a.jar'",
                "until [ -e '" + directory + "/go' ]; do sleep 0.1; done",
                "echo '[ERROR] COMPILATION ERROR : '",
                "echo '[ERROR] A.java:[1,2] no such thing'",
                "exit 1");
        try (Tmux tmux = Tmux.open(100, 24)) {
            tmux.type(
                    "env -i TERM=$TERM PATH=" + path + " JAVA_HOME=" + System.getProperty("java.home") + " '"
                            + checkout.resolve("dist/patop") + "' demo",
                    "Enter");
            tmux.await(
                    "progress",
                    SOON,
                    screen -> screen.contains("patop: building, 2 of 5, compiling 7 files, 1 files fetched, "));
            Files.createFile(directory.resolve("go"));
            tmux.await(
                    "the reason",
                    SOON,
                    screen -> screen.contains("patop: the build failed: A.java:[1,2] no such thing")
                            && !screen.contains("building, 2 of 5"));
        }
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        script("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        assertThat(launch(Map.of()))
                .isEqualTo(new Run(1, "patop: Java 11 is too old: 17 or later is needed (JAVA_HOME chooses)\n"));
    }

    @Test
    void whereOnlyARuntimeIsItAsksForAJdk() throws Exception {
        script("java", "echo 'openjdk version \"17.0.2\" 2022-01-15' >&2");
        assertThat(launch(Map.of()).printed()).contains("needs a JDK").contains("is only a runtime");
    }

    @Test
    void aBuildThatFailsIsOneLineWithTheFirstErrorAndItsLog() throws Exception {
        script("mvn", "echo '[INFO] fine'; echo '[ERROR] oh no'; echo '[ERROR] more'; exit 1");
        Run failed = launch(JAVA);

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.printed().lines().toList())
                .endsWith("patop: the build failed: oh no (all of it: " + checkout + "/target/build.log)");
        assertThat(checkout.resolve("target/build.log")).content().endsWith("[ERROR] more\n");
    }

    @Test
    void itBuildsOnceForTwoAtOnceAndAgainWhenASourceChanged() throws Exception {
        script(
                "mvn",
                "echo x >> '" + directory + "/builds'",
                "sleep 0.5",
                "mkdir -p target/lib",
                "cp '" + PROJECT + "'/target/patop.jar target/",
                "cp '" + PROJECT + "'/target/lib/*.jar target/lib/");
        Path link = Files.createSymbolicLink(directory.resolve("patop link"), checkout.resolve("dist/patop"));
        Process one = start(link, JAVA, "--version");
        Process other = start(link, JAVA, "--version");
        Run first = end(one);
        Run second = end(other);

        assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
        assertThat(first.printed() + second.printed()).containsOnlyOnce("patop: building, 5 of 5, ");
        assertThat(directory.resolve("builds")).hasContent("x");

        assertThat(launch(JAVA).printed()).startsWith("patop ").doesNotContain("building");
        Path source = checkout.resolve("src/main/java/io/patop/command/Patop.java");
        Files.setLastModifiedTime(source, FileTime.from(java.time.Instant.now().plusSeconds(5)));
        assertThat(launch(JAVA).printed()).startsWith("patop: building");
        assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(2);
    }

    /** What Java itself would tell in many lines: by the checkout's launcher and by the packages'. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ulimit -n 20|patop: 20 open files are too few for Java: allow 64 or more (ulimit -n)",
                "ulimit -v 2000000|patop: 2000000 kB of address space are too few for Java: allow 2500000 or more"
                        + " (ulimit -v)",
                "mkdir gone; cd gone; rmdir ../gone|patop: the working directory is gone: go to another one"
            })
    void whatJavaNeedsAndDoesNotGetIsOneLine(String before, String said) throws Exception {
        Files.createDirectories(directory.resolve("lib/patop"));
        Files.createDirectories(checkout.resolve("target"));
        Files.createFile(checkout.resolve("target/patop.jar"));
        Files.setLastModifiedTime(
                Files.createFile(checkout.resolve("target/built")),
                FileTime.from(java.time.Instant.now().plusSeconds(5)));
        Path packaged = Files.copy(checkout.resolve("dist/package/patop"), directory.resolve("bin/patop"));
        for (Path launcher : List.of(checkout.resolve("dist/patop"), packaged)) {
            Process process = new ProcessBuilder("bash", "-c", before + "; '" + launcher + "' list")
                    .directory(Files.createTempDirectory(directory, "here").toFile())
                    .redirectErrorStream(true)
                    .start();
            Run refused = end(process);
            assertThat(refused.exitCode()).as(launcher.toString()).isEqualTo(1);
            // The shell that runs the launcher may have a line of its own on the directory.
            assertThat(refused.printed().lines().filter(line -> !line.contains("getcwd")))
                    .as(launcher.toString())
                    .containsExactly(said);
        }
    }

    @Test
    void theRealBuildMakesWhatRuns() throws Exception {
        Run built = end(start(
                checkout.resolve("dist/patop"),
                Map.of("PATH", System.getenv("PATH"), "HOME", System.getenv("HOME")),
                "--version"));

        assertThat(built.printed()).startsWith("patop: building").contains("\npatop ");
        assertThat(built.exitCode()).isZero();
    }

    private void script(String name, String... lines) throws IOException {
        Path script = Files.writeString(path.resolve(name), "#!" + SHELL + "\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run launch(Map<String, String> environment) throws Exception {
        return end(start(checkout.resolve("dist/patop"), environment, "--version"));
    }

    private static String[] text(String arguments) {
        return arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Run end(Process process) throws Exception {
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), printed);
    }
}
