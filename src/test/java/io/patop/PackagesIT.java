package io.patop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packages that {@code mvn -Ppackages package} makes, unpacked and run where there is no Java but their own:
 * the PATH holds a few programs of the base system, and JAVA_HOME is not set.
 */
@EnabledIfEnvironmentVariable(named = "PATOP_PACKAGE_TESTS", matches = "required|yes")
class PackagesIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final long MEBIBYTE = 1 << 20;
    private static final List<String> TOOLS =
            List.of("sh", "dirname", "readlink", "ln", "mkdir", "mkfifo", "mv", "rm", "grep", "stty");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".deb", ".rpm"})
    void itIsSmall(String kind) throws Exception {
        assertThat(Files.size(one(kind))).isLessThan(40 * MEBIBYTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".deb", ".rpm"})
    void itRunsWithoutAnyOtherJava(String kind) throws Exception {
        Path root = unpack(kind);
        String patop = root.resolve("bin/patop").toString();

        Path archive = root.resolve("lib/patop/patop.jsa");
        leftByOneThatWasKilled(archive);

        assertThat(run(patop, "--version")).startsWith("patop ");
        await().atMost(SOON).until(() -> Files.exists(archive));
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            String url = cluster.nodes().get(0).rest().toString();
            assertThat(run(patop, "list", "-u", url)).contains("patroni1", "Leader", "Replica");
        }
        assertThat(run(env(patop, "-Xlog:class+load"), "--version"))
                .contains("io.patop.command.Patop source: shared objects file")
                .contains("picocli.CommandLine$ITypeConverter source: shared objects file");
        try (Tmux tmux = Tmux.open(80, 24)) {
            tmux.type("env -u JAVA_HOME PATH=" + tools() + " " + patop + " demo", "Enter");
            tmux.await("the demo", SOON, screen -> screen.contains("patroni3") && screen.contains("Leader"));
            tmux.type("q");
        }
    }

    @Test
    void itBringsManualAndCompletions() throws Exception {
        Path share = unpack(".tar.gz").resolve("share");
        assertThat(manual(share, "patop")).contains(".SH SYNOPSIS", "patop\\-list");
        assertThat(manual(share, "patop-list")).contains("\\fB\\-\\-watch\\fR");
        RealCluster.run(
                SOON,
                List.of(
                        "bash",
                        "-n",
                        share.resolve("bash-completion/completions/patop").toString()));
        assertThat(share.resolve("fish/vendor_completions.d/patop.fish"))
                .content()
                .contains("__fish_use_subcommand -a list");
    }

    private static String manual(Path share, String name) throws Exception {
        return RealCluster.run(
                SOON,
                List.of(
                        "gzip",
                        "-dc",
                        share.resolve("man/man1/" + name + ".1.gz").toString()));
    }

    /** By zsh's own completion, at the first TAB of a shell that has just begun. */
    @Test
    void zshCompletesCommandsAtTheFirstTab() throws Exception {
        Path share = unpack(".tar.gz").resolve("share");
        try (Tmux tmux = Tmux.open(80, 24)) {
            tmux.type("env HOME=" + directory + " zsh -f", "Enter");
            tmux.type("fpath=(" + share + "/zsh/vendor-completions $fpath)", "Enter");
            tmux.type("autoload -U compinit; compinit -u; clear; echo ready", "Enter");
            tmux.await("zsh", SOON, screen -> screen.startsWith("ready"));
            tmux.type("patop topo", "Tab");
            tmux.await("the command", SOON, screen -> screen.contains("patop topology"));
        }
    }

    /** The same sources built again elsewhere give the same bytes. */
    @Test
    void theyAreReproducible() throws Exception {
        Path again = Files.createDirectories(directory.resolve("again"));
        for (String part : List.of("pom.xml", ".mvn", "src", "dist", "LICENSE")) {
            RealCluster.run(
                    SOON, List.of("cp", "-a", Path.of(part).toAbsolutePath().toString(), again.toString()));
        }
        RealCluster.run(
                Duration.ofMinutes(10),
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        "-ntp",
                        "-f",
                        again.resolve("pom.xml").toString(),
                        "-Ppackages",
                        "-Dmaven.test.skip=true",
                        "-Dspotless.check.skip=true",
                        "package"));
        for (String kind : List.of(".tar.gz", ".deb", ".rpm")) {
            Path first = one(kind);
            assertThat(again.resolve("target").resolve(TARGET.relativize(first)))
                    .hasSameBinaryContentAs(first);
        }
    }

    private Path unpack(String kind) throws Exception {
        Path root = Files.createDirectories(directory.resolve("root"));
        String file = one(kind).toString();
        if (kind.equals(".deb")) {
            RealCluster.run(SOON, List.of("dpkg-deb", "-x", file, root.toString()));
            return root.resolve("usr");
        }
        if (kind.equals(".rpm")) {
            RealCluster.run(SOON, List.of("sh", "-c", "cd " + root + " && rpm2cpio " + file + " | cpio -id --quiet"));
            return root.resolve("usr");
        }
        RealCluster.run(SOON, List.of("tar", "-xzf", file, "-C", root.toString(), "--strip-components=1"));
        return root;
    }

    private static Path one(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(TARGET, 2)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no package " + ending + ": run mvn -Ppackages package"));
        }
    }

    /** No process has that number: Linux counts to 4194304. */
    private static void leftByOneThatWasKilled(Path archive) throws IOException {
        Files.createSymbolicLink(archive.resolveSibling("patop.jsa.making"), Path.of("4194305"));
        Files.writeString(
                Files.createDirectory(archive.resolveSibling("patop.jsa.scratch"))
                        .resolve("classes"),
                "half of it");
    }

    /** A directory with the few programs that are needed, and no java. */
    private Path tools() throws IOException {
        Path tools = directory.resolve("tools");
        if (Files.notExists(tools)) {
            Files.createDirectories(tools);
            for (String tool : TOOLS) {
                String where = RealCluster.run(SOON, List.of("sh", "-c", "command -v " + tool))
                        .strip();
                Path script = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + where + " \"$@\"\n");
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return tools;
    }

    /** A script that runs it with more options for Java. */
    private String env(String patop, String options) throws IOException {
        Path script = Files.writeString(
                directory.resolve("with"),
                "#!/bin/sh\nPATOP_JAVA_OPTIONS='" + options + "' exec '" + patop + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools().toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
