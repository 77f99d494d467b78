package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What patop does with a real Docker Engine, on the command line and from the host's own shell. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class DockerIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_FAILOVER = Duration.ofMinutes(2);

    private final RealCluster cluster;

    DockerIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    @Tag("forky")
    @Tag("bullseye")
    void watchTellsAFailoverThatScaleMakes() throws IOException {
        String leader = leader();
        docker(
                "run",
                "-d",
                "--name",
                "watching",
                "--network=patroni_patroni",
                volume(),
                "patop",
                "watch",
                "-f",
                "json");
        try {
            await("the watch", () -> docker("logs", "watching"), said -> said.contains("watching patroni: 3 members"));
            assertThat(patop("scale", "--force", "patroni_" + leader + "=0"))
                    .contains("patroni_" + leader + " scaled from 1 to 0");
            String told = await(
                    "the failover",
                    () -> docker("logs", "watching"),
                    said -> said.contains("\"kind\":\"promoted\"") || said.contains("is promoted"));
            assertThat(told)
                    .contains(leader + ": REST API")
                    .contains("in place of " + leader)
                    .contains("service patroni_" + leader + " is scaled from 1 to 0");
            assertThat(patop("services", "-f", "tsv"))
                    .contains("patroni_" + leader + "\tservice\t0\t0\t")
                    .contains("patroni_haproxy\tservice\t1\t1\trunning");
            assertThat(patop("scale", "--force", "patroni_" + leader + "=1")).contains("from 0 to 1");
            await("the return", () -> docker("logs", "watching"), said -> said.contains(leader + " keeps up"));
        } finally {
            docker("rm", "-f", "watching");
            docker("service", "scale", "-d", "patroni_" + leader + "=1");
        }
        cluster.awaitHealth();
    }

    /** Each reads a version index that another has used up by the time it writes. */
    @Test
    void scalingAtTheSameTimeIsTriedAgainAndNeverLost() throws IOException {
        docker(
                "service",
                "create",
                "-d",
                "--name",
                "raced",
                "--replicas",
                "0",
                "--network",
                "patroni_patroni",
                cluster.image(),
                "sleep",
                "600");
        try {
            String each = "docker run --rm --network=patroni_patroni " + volume() + " patop scale --force raced=";
            String all = String.join(
                    " ",
                    IntStream.range(0, 4).mapToObj(i -> each + i % 2 + " & ").toList());
            assertThat(cluster.inside(SOON, "bash", "-c", all + " wait").lines())
                    .hasSize(4)
                    .allMatch(line -> line.matches("raced scaled from [01] to [01]"));
        } finally {
            docker("service", "rm", "raced");
        }
    }

    /** A node in a plain container, as Compose runs it, is stopped, started, frozen and killed from the keyboard. */
    @Test
    void aNodeInAPlainContainerIsBrokenAndMendedFromTheKeyboard() throws IOException {
        runAPlainNode();
        try (Tmux tmux = Tmux.open(100, 45)) {
            tmux.type(cluster.patop(), "Enter");
            tmux.await("a streaming patroni4", A_FAILOVER, screen -> row(screen).matches(".*(running|streaming) .*"));
            for (int i = 0; i < 5; i++) {
                tmux.type("Down");
            }
            tmux.await("the cursor on it", SOON, screen -> row(screen).startsWith("▸"));
            choose(tmux, "freeze");
            tmux.await("its silence", SOON, screen -> row(screen).contains("no answer"));
            choose(tmux, "thaw");
            tmux.await("its answer", SOON, screen -> row(screen).contains(" ms"));
            choose(tmux, "kill");
            tmux.await("its end", SOON, screen -> row(screen).contains("no answer") && screen.contains("is exited"));
            tmux.type("+");
            tmux.await(
                    "the question",
                    SOON,
                    screen -> screen.contains("Start container db-patroni4-1?") && screen.contains("yes, do it"));
            tmux.type("y");
            tmux.await("its return", A_FAILOVER, screen -> row(screen).matches(".*(running|streaming) .* ms .*"));
            tmux.type("-");
            tmux.await(
                    "the question",
                    SOON,
                    screen -> screen.contains("Stop container db-patroni4-1?") && screen.contains("yes, do it"));
            tmux.type("y");
            tmux.await("its end", A_FAILOVER, screen -> row(screen).matches(".*(no answer|gone).*"));
            tmux.type("q");
        } finally {
            docker("rm", "-f", "-v", "db-patroni4-1");
        }
        cluster.awaitHealth();
    }

    /** Starts patroni4 in a container without a service. */
    private void runAPlainNode() throws IOException {
        docker(
                "run",
                "-d",
                "--name",
                "db-patroni4-1",
                "--hostname",
                "patroni4",
                "--user",
                "postgres",
                "--network",
                "patroni_patroni",
                "--network-alias",
                "patroni4",
                "--label",
                "com.docker.compose.project=db",
                "--label",
                "com.docker.compose.service=patroni4",
                "-e",
                "NODE_NAME=patroni4",
                "-e",
                "NODE_TTL=20",
                "-e",
                "NODE_LOOP_WAIT=2",
                "-e",
                "NODE_RETRY_TIMEOUT=3",
                "-e",
                "POSTGRES_PASSWORD=postgres",
                "-e",
                "REPLICATION_PASSWORD=replicator",
                "-e",
                "PATOP_USER=patop",
                "-e",
                "PATOP_PASSWORD=patop",
                cluster.image(),
                "run-node");
    }

    private static int indexOf(List<String> rows, String text) {
        return IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static void choose(Tmux tmux, String words) throws IOException {
        // What Docker shows is up to half a second old, and the menu with it.
        String menu = tmux.await("the menu with " + words, SOON, screen -> {
            if (screen.contains("What to do to patroni4") && screen.contains(words + " ")) {
                return true;
            }
            tmux.type(screen.contains("What to do to patroni4") ? "Escape" : "a");
            return false;
        });
        List<String> rows =
                menu.lines().filter(line -> line.matches(".*│ [▸ ] \\S.*│.*")).toList();
        for (int i = indexOf(rows, "│ ▸ "); i < indexOf(rows, " " + words + " "); i++) {
            tmux.type("Down");
        }
        tmux.await(words, SOON, screen -> screen.lines().anyMatch(line -> line.contains("▸ " + words)));
        tmux.type("Enter");
        tmux.await("the question", SOON, screen -> screen.contains("yes, do it") && screen.contains("patroni4"));
        tmux.type("y");
    }

    @Test
    void fromTheHostsShellItGoesOnInsideAContainerAndComesBack() throws IOException {
        String before = docker("ps", "-aq");
        String java = ProcessHandle.current().info().command().orElseThrow();
        for (String arguments : List.of("--in-container --image patop", "--image patop")) {
            try (Tmux tmux = Tmux.open(100, 30)) {
                tmux.type(
                        "s() { stty -a | tail -n +2; }; S=$(s); " + cluster.beside() + " " + java + " -jar "
                                + "target/patop.jar " + arguments
                                + "; R=$?; [ \"$S\" = \"$(s)\" ] && echo ended $R same || echo ended $R other",
                        "Enter");
                if (!arguments.startsWith("--in")) {
                    tmux.await(
                            "the offer", SOON, screen -> screen.contains("out of reach") && screen.contains("[Y/n]"));
                    tmux.type("y", "Enter");
                }
                tmux.await("the members", SOON, screen -> screen.contains("★") && screen.contains("1/1"));
                tmux.resize(120, 40);
                tmux.await(
                        "the new size",
                        SOON,
                        screen -> screen.lines().count() >= 40
                                && screen.lines().toList().get(39).startsWith("q Quit"));
                tmux.type("q");
                tmux.await("the shell", SOON, screen -> screen.contains("ended 0 same"));
            }
        }
        assertThat(docker("ps", "-aq")).isEqualTo(before);
    }

    /** What was built elsewhere needs nothing but a Java runtime: no JDK, no Maven, no network. */
    @Test
    void theDemoRunsInABareDebianWithOnlyARuntime() throws IOException {
        Path context = Files.createTempDirectory("patop-bare");
        try {
            RealCluster.run(
                    SOON,
                    List.of(
                            "bash",
                            "-c",
                            "mkdir -p D/target D/dist && cp dist/patop D/dist/ && cp -R target/patop.jar target/lib D/target/"
                                            .replace("D/", context + "/")
                                    + " && touch " + context + "/target/built"));
            Files.writeString(
                    context.resolve("Dockerfile"),
                    """
                    FROM %s
                    RUN mkdir -p /usr/share/man/man1 && apt-get -qq update \\
                        && apt-get -qq install -y --no-install-recommends openjdk-17-jre-headless
                    COPY . /opt/patop/
                    """
                            .formatted(cluster.imageBase()));
            cluster.inside(
                    Duration.ofMinutes(5),
                    "docker",
                    "build",
                    "-q",
                    "--network",
                    "host",
                    "-t",
                    "bare",
                    context.toString());
            try (Tmux tmux = Tmux.open(90, 30)) {
                tmux.type(
                        cluster.beside() + " docker run --rm -ti --network none -e TERM -e LC_ALL=C.UTF-8 bare"
                                + " /opt/patop/dist/patop demo --speed 5",
                        "Enter");
                String healthy = tmux.await(
                        "the dashboard",
                        SOON,
                        screen -> screen.contains("Leader ★ patroni1") && screen.contains("1/1"));
                assertThat(healthy).doesNotContain("building");
                tmux.type("K");
                tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
                tmux.type("y");
                tmux.await(
                        "a new leader",
                        Duration.ofSeconds(30 / 5 + 10),
                        screen -> screen.matches("(?s).*Leader ★ patroni[23].*") && screen.contains("is promoted"));
                tmux.type("q");
            }
        } finally {
            RealCluster.run(SOON, List.of("rm", "-rf", context.toString()));
        }
    }

    @Test
    void withoutARightToTheSocketItSaysSoAndShowsTheRest() throws IOException {
        String user = "docker run --rm --user 65534:65534 --network=patroni_patroni " + volume() + " patop ";
        assertThat(cluster.inside(SOON, "bash", "-c", user + "services; echo ended $?"))
                .contains("patop: ")
                .containsIgnoringCase("no permission")
                .contains("ended 3");
        assertThat(cluster.inside(SOON, "bash", "-c", user + "list -u patroni1:8091,patroni2:8091,patroni3:8091"))
                .contains("| Leader");
    }

    @Test
    void anEngineWithoutASwarmIsNamedAndItsContainersAreShown() throws IOException {
        Path directory = Files.createTempDirectory("patop-it");
        String engine = "src/test/cluster/engine ";
        RealCluster.run(Duration.ofMinutes(3), List.of("bash", "-c", engine + "start --private " + directory));
        try {
            String java = ProcessHandle.current().info().command().orElseThrow();
            String said = RealCluster.run(
                    SOON,
                    List.of(
                            "bash",
                            "-c",
                            engine + "run " + directory + " " + java + " -jar target/patop.jar services"));
            assertThat(said).containsIgnoringCase("swarm").contains("Name");
        } finally {
            RealCluster.run(Duration.ofMinutes(3), List.of("bash", "-c", engine + "stop " + directory));
        }
    }

    private static String await(String what, Callable<String> asking, Predicate<String> wanted) throws IOException {
        return Awaitility.await(what)
                .atMost(A_FAILOVER)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(asking, wanted);
    }

    private String leader() throws IOException {
        return patop("list", "-f", "tsv", "-u", "patroni1:8091,patroni2:8091,patroni3:8091")
                .lines()
                .filter(line -> line.contains("\tLeader\t"))
                .map(line -> line.split("\t", -1)[1])
                .findFirst()
                .orElseThrow();
    }

    private String patop(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", "--rm", "--network=patroni_patroni", volume(), "patop"));
        command.addAll(List.of(arguments));
        return docker(command.toArray(String[]::new));
    }

    private String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return cluster.inside(SOON, command.toArray(String[]::new));
    }

    private String volume() {
        return "--volume=" + cluster.socket() + ":/var/run/docker.sock";
    }

    private static String row(String screen) {
        return screen.lines()
                .filter(line -> line.matches("^[▸ ] [★✗ ] patroni4 .*"))
                .findFirst()
                .orElse("");
    }
}
