package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code dist/patop} in a fresh checkout: what it builds, and what it says where something is missing. Maven is
 * played by a script here, which does what the build does in an instant and keeps count; once it is the real one.
 */
class LauncherIT {

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String SHELL = "/bin/sh";
    private static final List<String> TOOLS = List.of(
            "sh", "dirname", "readlink", "find", "head", "sed", "mkdir", "flock", "touch", "cp", "cat", "sleep", "env");

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
                .isEqualTo(new Run(
                        1,
                        "patop: no Java found: install 17 or later (Debian: apt-get install openjdk-17-jdk-headless)"
                                + " or set JAVA_HOME\n"));
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        assertThat(launch(Map.of("JAVA_HOME", System.getProperty("java.home"))))
                .isEqualTo(new Run(1, "patop: to be built patop needs Maven (Debian: apt-get install maven)\n"));
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
    void aBuildThatFailsIsOneLineThatNamesItsLog() throws Exception {
        script("mvn", "echo oh no; exit 1");
        Run failed = launch(Map.of("JAVA_HOME", System.getProperty("java.home")));

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.printed().lines())
                .containsExactly(
                        "patop: building, about a minute the first time…",
                        "patop: the build failed: see " + checkout + "/target/build.log");
        assertThat(checkout.resolve("target/build.log")).hasContent("oh no");
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
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        Path link = Files.createSymbolicLink(directory.resolve("patop link"), checkout.resolve("dist/patop"));
        Process one = start(link, environment);
        Process other = start(link, environment);
        Run first = end(one);
        Run second = end(other);

        assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
        assertThat(first.printed() + second.printed()).containsOnlyOnce("patop: building");
        assertThat(directory.resolve("builds")).hasContent("x");

        assertThat(launch(environment).printed()).startsWith("patop ").doesNotContain("building");
        Path source = checkout.resolve("src/main/java/io/patop/command/Patop.java");
        Files.setLastModifiedTime(source, FileTime.from(java.time.Instant.now().plusSeconds(5)));
        assertThat(launch(environment).printed()).startsWith("patop: building");
        assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(2);
    }

    @Test
    void theRealBuildMakesWhatRuns() throws Exception {
        Run built = end(start(
                checkout.resolve("dist/patop"), Map.of("PATH", System.getenv("PATH"), "HOME", System.getenv("HOME"))));

        assertThat(built.printed()).startsWith("patop: building").contains("\npatop ");
        assertThat(built.exitCode()).isZero();
    }

    private void script(String name, String... lines) throws IOException {
        Path script = Files.writeString(path.resolve(name), "#!" + SHELL + "\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run launch(Map<String, String> environment) throws Exception {
        return end(start(checkout.resolve("dist/patop"), environment));
    }

    private Process start(Path launcher, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--version")
                .directory(directory.toFile())
                .redirectErrorStream(true);
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
