package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A real Patroni cluster in a Swarm of a Docker Engine of the tests' own, by the files that people use
 * ({@code dist/stack}, {@code dist/Dockerfile}). Runs where {@code PATOP_CLUSTER_TESTS} is set: with
 * {@code required}, as in CI, the tests fail where it cannot be had; elsewhere they are skipped.
 *
 * <p>The Debian suite of its image decides the versions: the build runs the tests tagged {@code bookworm} with
 * Patroni 3.0.2, those tagged {@code forky} with 4.1 and those tagged {@code bullseye} with 2.0.2, each in a
 * Java process of its own that has the suite as the system property {@code patop.suite}. {@code PATOP_CLUSTER_SUITES}
 * chooses some of the three. Images are kept in {@code PATOP_CLUSTER_IMAGES}, where that names a directory. An engine
 * that was started in {@code PATOP_CLUSTER_ENGINE} is used with what runs there, and left as it is.
 */
public final class RealCluster implements AutoCloseable {

    private static final Duration SETTING_UP = Duration.ofMinutes(8);
    private static final Duration HEALTH = Duration.ofMinutes(3);

    private static final Path TARGET = Path.of("target");

    private final Path directory;
    private final String socket;
    private final String suite;

    private RealCluster(Path directory, String socket, String suite) {
        this.directory = directory;
        this.socket = socket;
        this.suite = suite;
    }

    /** Why no test of this process is to have a real cluster; empty where they are. */
    static Optional<String> whyUnwanted() {
        if (System.getenv("PATOP_CLUSTER_TESTS") == null) {
            return Optional.of("no real cluster: set PATOP_CLUSTER_TESTS=yes (needs root, Docker and a few minutes)");
        }
        String suites = System.getenv("PATOP_CLUSTER_SUITES");
        return suites == null || List.of(suites.split("[ ,]+")).contains(wantedSuite())
                ? Optional.empty()
                : Optional.of("not this suite: PATOP_CLUSTER_SUITES is " + suites);
    }

    private static String wantedSuite() {
        return System.getProperty("patop.suite", "bookworm");
    }

    private static Optional<Path> givenEngine() {
        return Optional.ofNullable(System.getenv("PATOP_CLUSTER_ENGINE")).map(Path::of);
    }

    static RealCluster start() throws IOException {
        Optional<Path> given = givenEngine();
        Path directory = given.isPresent() ? given.get() : Files.createTempDirectory("patop-it");
        String host = run(SETTING_UP, engine("start", "--private", directory.toString()))
                .strip();
        RealCluster cluster = new RealCluster(directory, host.replaceFirst("^unix://", ""), wantedSuite());
        try {
            cluster.loadImages();
            cluster.up();
            cluster.makePatopImage();
            cluster.keepImages();
            cluster.writeVersions();
            return cluster;
        } catch (IOException | RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** Brings up what is missing, with the options that are given beside those of all tests. */
    void up(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "PATOP_STACK_TTL=20",
                "PATOP_STACK_LOOP_WAIT=2",
                "PATOP_STACK_RETRY_TIMEOUT=3",
                "dist/stack/up",
                "--yes",
                "--suite",
                suite,
                "--timeout",
                "180"));
        command.addAll(List.of(more));
        inside(SETTING_UP, command.toArray(String[]::new));
    }

    private Optional<Path> keptImages() {
        return Optional.ofNullable(System.getenv("PATOP_CLUSTER_IMAGES")).map(kept -> Path.of(kept, suite + ".tar"));
    }

    private void loadImages() throws IOException {
        Optional<Path> kept = keptImages().filter(Files::exists);
        if (kept.isPresent()) {
            inside(SETTING_UP, "docker", "load", "-q", "-i", kept.get().toString());
        }
    }

    private void keepImages() throws IOException {
        Optional<Path> missing = keptImages().filter(kept -> !Files.exists(kept));
        if (missing.isPresent()) {
            String half = missing.get() + ".half";
            String tags = inside(SETTING_UP, "docker", "images", "--format", "{{.Repository}}:{{.Tag}}");
            List<String> command = new ArrayList<>(List.of("docker", "save", "-o", half));
            tags.lines().filter(tag -> tag.contains(suite)).forEach(command::add);
            inside(SETTING_UP, command.toArray(String[]::new));
            Files.move(Path.of(half), missing.get());
        }
    }

    /** Of the jar in {@code target}, by whichever suite comes first; the next ones take the same image. */
    private void makePatopImage() throws IOException {
        Path kept = TARGET.resolve("patop-image.tar");
        FileTime built = Files.getLastModifiedTime(TARGET.resolve("patop.jar"));
        if (Files.exists(kept) && Files.getLastModifiedTime(kept).compareTo(built) > 0) {
            inside(SETTING_UP, "docker", "load", "-q", "-i", kept.toString());
        } else {
            inside(SETTING_UP, "env", "PATOP_IMAGE_BASE=" + imageBase(), "src/test/cluster/image", "patop");
            inside(SETTING_UP, "docker", "save", "-o", kept.toString(), "patop");
        }
    }

    /** What dist/stack/up has made or pulled. Bullseye's C library is too old for the Java runtime of where this runs. */
    String imageBase() throws IOException {
        String newEnough = suite.equals("bullseye") ? "bookworm" : suite;
        String made = "patop-base:" + newEnough;
        return inside(SETTING_UP, "docker", "images", "-q", made).isBlank() ? "debian:" + newEnough + "-slim" : made;
    }

    /** For the count of each version's tests ({@code src/test/cluster/counts}). */
    private void writeVersions() throws IOException {
        String versions = inside(
                SETTING_UP,
                "docker",
                "run",
                "--rm",
                image(),
                "sh",
                "-c",
                "patroni --version; /usr/lib/postgresql/*/bin/postgres --version");
        Matcher words = Pattern.compile("patroni (\\S+)\\s+postgres \\(PostgreSQL\\) (\\S+)")
                .matcher(versions);
        assertThat(words.find()).as(versions).isTrue();
        Path file = TARGET.resolve("real-cluster").resolve(suite);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Patroni " + words.group(1) + ", PostgreSQL " + words.group(2));
    }

    /** Debian's suite whose Patroni and PostgreSQL the nodes run. */
    public String suite() {
        return suite;
    }

    /** The image of all the stack's services. */
    public String image() {
        return "patop-stack:" + suite;
    }

    /** Returns when a leader leads two replicas, and no member of a test before is left in the DCS. */
    public void awaitHealth() throws IOException {
        Awaitility.await("a healthy cluster")
                .atMost(HEALTH)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(this::patronictlList, RealCluster::isHealthy);
    }

    /** Whether it is as {@link #awaitHealth} waits for it to be. */
    boolean isHealthy() throws IOException {
        return isHealthy(patronictlList());
    }

    private static boolean isHealthy(String list) {
        return list.matches("(?s).*Leader\\s*\\|\\s*running.*")
                && list.split("(Replica|Sync Standby|Quorum Standby)\\s*\\|\\s*(streaming|running)", -1).length == 3
                && list.lines().filter(line -> line.startsWith("| patroni")).count() == 3;
    }

    /** What patronictl says on the first node that runs; empty if none does. */
    private String patronictlList() throws IOException {
        return inside(
                Duration.ofSeconds(60),
                "sh",
                "-c",
                "for node in $(docker ps -q -f name=patroni_patroni); do"
                        + " timeout 20 docker exec $node patronictl list 2>&1 && break; done; true");
    }

    /** The engine's API socket, in the file system of this machine. */
    public String socket() {
        return socket;
    }

    /** What the command printed, run where the engine's ports and sockets are. */
    public String inside(Duration bound, String... command) throws IOException {
        List<String> all = new ArrayList<>(engine("run", directory.toString()));
        all.addAll(List.of(command));
        return run(bound, all);
    }

    /** What goes before a shell command that is to run where the engine's ports and sockets are. */
    public String beside() {
        return String.join(" ", engine("run", directory.toString()));
    }

    /** The shell command line that runs patop's container on the cluster's network. */
    public String patop() {
        return beside() + " docker run --rm -ti --network=patroni_patroni" + " -v " + socket
                + ":/var/run/docker.sock patop";
    }

    @Override
    public void close() throws IOException {
        if (givenEngine().isPresent()) {
            return;
        }
        run(Duration.ofMinutes(3), engine("stop", directory.toString()));
        Files.deleteIfExists(directory);
    }

    /** What the command printed; fails if it ends otherwise than with 0. */
    public static String run(Duration bound, List<String> command) throws IOException {
        Path printed = Files.createTempFile("patop-it", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("no end within " + bound + ": " + command + "\n" + read(printed));
            }
            assertThat(process.exitValue()).as("%s%n%s", command, read(printed)).isZero();
            return read(printed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + command, interrupted);
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    private static List<String> engine(String... arguments) {
        List<String> command = new ArrayList<>(List.of("src/test/cluster/engine"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
