package io.patop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The world around a real cluster breaks: networks are cut, containers freeze, Docker's socket goes and comes back. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class WorldIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration A_FAILOVER = Duration.ofSeconds(90);
    private static final String DSN = "'postgresql://patop@haproxy:5000/patop?sslmode=disable'";
    private static final List<String> MEMBERS = List.of("patroni1", "patroni2", "patroni3");

    private final RealCluster cluster;

    WorldIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whoIsCutOffIsShownAsSilentAndNotAsItWas() throws IOException {
        try (Tmux tmux = watching()) {
            String leader = leader(tmux.screen());
            String replica = leader.equals("patroni1") ? "patroni2" : "patroni1";

            cut(replica);
            String cut = tmux.await("the silent replica", SOON, screen -> isSilent(screen, replica));
            assertThat(said(replica)).contains("\"role\": \"replica\"").contains("\"state\": \"running\"");
            assertThat(row(cut, replica)).contains("(running)").contains("Replica");
            assertThat(row(cut, leader)).contains("★").contains(" ms");
            assertThat(leader(cut)).isEqualTo(leader);
            heal(replica);
            tmux.await("the replica again", A_FAILOVER, screen -> isHealthy(screen, replica, "Replica"));

            cut(leader);
            tmux.await("the silent leader", SOON, screen -> isSilent(screen, leader));
            String other = tmux.await("another leader", A_FAILOVER, screen -> {
                assertThat(screen)
                        .as("nobody knows what the one that is cut off runs as")
                        .doesNotContain("TWO PRIMARIES");
                return !leader(screen).equals(leader) && isHealthy(screen, leader(screen), "Leader");
            });
            assertThat(row(other, leader))
                    .contains("no answer")
                    .doesNotContain(" ms")
                    .doesNotContain("★");
            assertThat(said(leader(other))).contains("\"role\": \"master\"");
            Files.writeString(Path.of("target", "partition-on-the-real-cluster.txt"), cut + other);
            heal(leader);
            settles(tmux);
            tmux.type("q");
        } finally {
            for (String member : MEMBERS) {
                heal(member);
            }
        }
        cluster.awaitHealth();
    }

    /**
     * It is killed in the end, and not thawed: on 3.0.2 with etcd3 a leader that is thawed in the middle of its loop may
     * take the leader key back on its older timeline, and its successor then runs and cannot stream.
     */
    @Test
    void aFrozenLeaderIsSilentIsSucceededAndComesBackWhenItIsKilled() throws IOException {
        try (Tmux tmux = watching()) {
            String leader = leader(tmux.screen());
            docker("pause " + container(leader));
            String silent = tmux.await("the silent leader", SOON, screen -> isSilent(screen, leader));
            assertThat(silent).contains(leader + ": REST API does not answer (timed out)");
            String other = tmux.await(
                    "another leader",
                    A_FAILOVER,
                    screen -> !leader(screen).equals(leader) && isHealthy(screen, leader(screen), "Leader"));
            assertThat(row(other, leader)).contains("no answer").doesNotContain(" ms");
            assertThat(said(leader(other))).contains("\"role\": \"master\"");

            killFrozen();
            settles(tmux);
            tmux.type("q");
        } finally {
            killFrozen();
        }
        cluster.awaitHealth();
    }

    @Test
    void dockersSocketGoesHangsAndComesBackUnderARunningPatop() throws IOException {
        Path directory = Files.createTempDirectory("patop-it");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path socket = directory.resolve("docker.sock");
        try (EngineRelay relay = new EngineRelay(Path.of(cluster.socket()), socket);
                Tmux tmux = Tmux.open(120, 45)) {
            tmux.type(
                    cluster.patop().replace(" patop", " -v " + directory + ":/relay patop")
                            + " --docker-host unix:///relay/docker.sock",
                    "Enter");
            tmux.await(
                    "the members",
                    SOON,
                    screen -> screen.contains("★") && row(screen, "patroni1").contains("1/1"));
            tmux.type(":");
            tmux.type("services", "Enter");
            tmux.await("the services", SOON, screen -> screen.contains("manager of its swarm"));

            relay.refuse();
            tmux.await(
                    "the refusal",
                    SOON,
                    screen -> screen.contains("is not running: connection refused; below is what it showed "));
            relay.remove();
            String gone = tmux.await(
                    "its absence",
                    SOON,
                    screen -> screen.contains("no Docker socket at /relay/docker.sock")
                            && screen.contains("; below is what it showed "));
            assertThat(gone).contains("patroni_patroni1").contains("1/1");
            tmux.type("K");
            tmux.await("a word on it", SOON, screen -> screen.lines()
                    .skip(40)
                    .anyMatch(line -> line.contains("no Docker socket at /relay/docker.sock")));

            relay.putBack();
            tmux.await("the services again", SOON, screen -> screen.contains("manager of its swarm"));
            relay.hang();
            tmux.await("the hang", SOON, screen -> screen.contains("does not answer: it accepted or queued"));
            relay.refuse();
            relay.putBack();
            tmux.await("the services once more", SOON, screen -> screen.contains("manager of its swarm"));
            tmux.type("1");
            tmux.await("the members", SOON, screen -> screen.contains("Docker answers again, after "));
            tmux.type("q");
        } finally {
            Files.delete(directory);
        }
        cluster.awaitHealth();
    }

    /** As a machine that slept, but for the clock. The process itself cannot tell, until it goes on. */
    @Test
    void aPatopThatWasStoppedClaimsNoOutageAndNoFailover() throws IOException {
        try (Tmux tmux = Tmux.open(120, 45)) {
            tmux.type(
                    cluster.patop().replace("docker run ", "docker run --name stopped -e PGPASSWORD=patop ")
                            + " --create --dsn " + DSN,
                    "Enter");
            tmux.await("writes", SOON, screen -> screen.contains("writable on patroni"));
            docker("pause stopped");
            await("the time that it is stopped for")
                    .pollDelay(Duration.ofSeconds(9))
                    .atMost(SOON)
                    .until(() -> true);
            docker("unpause stopped");
            String screen = tmux.await(
                    "a word on it, and fresh answers",
                    SOON,
                    shown -> shown.contains("NOT WATCHED until now: patop was stopped")
                            && MEMBERS.stream()
                                    .allMatch(member -> row(shown, member).contains(" ms"))
                            && shown.contains("writable on patroni"));
            Files.writeString(Path.of("target", "stopped-on-the-real-cluster.txt"), screen);
            assertThat(screen)
                    .contains("no outage")
                    .doesNotContain("NOBODY CAN WRITE")
                    .doesNotContain("failover of");
            assertThat(screen).doesNotContain("REST API does not answer").doesNotContain("answers again");
            tmux.type("q");
        } finally {
            docker("rm -f stopped 2> /dev/null || true");
            docker("run --rm --network=patroni_patroni -e PGPASSWORD=patop patop probe --cleanup --dsn " + DSN);
        }
        cluster.awaitHealth();
    }

    private Tmux watching() throws IOException {
        Tmux tmux = Tmux.open(120, 45);
        try {
            tmux.type(cluster.patop(), "Enter");
            tmux.await(
                    "the members",
                    SOON,
                    screen -> !leader(screen).isEmpty()
                            && MEMBERS.stream()
                                    .allMatch(member -> row(screen, member).contains(" ms")));
            return tmux;
        } catch (IOException | RuntimeException | Error failed) {
            tmux.close();
            throw failed;
        }
    }

    /** One leads and two follow, each as it says itself. Which one that is, is Patroni's business. */
    private void settles(Tmux tmux) throws IOException {
        String screen = tmux.await("one leader and two replicas", A_FAILOVER, shown -> {
            long replicas = MEMBERS.stream()
                    .filter(member -> isHealthy(shown, member, "Replica"))
                    .count();
            return replicas == 2 && isHealthy(shown, leader(shown), "Leader") && !shown.contains("TWO PRIMARIES");
        });
        for (String member : MEMBERS) {
            String role = member.equals(leader(screen)) ? "master" : "replica";
            assertThat(said(member)).as(screen).contains("\"role\": \"" + role + "\"");
        }
        assertThat(screen).doesNotContainPattern("(failover|switchover) of (patroni\\d) to \\2");
    }

    private void killFrozen() throws IOException {
        docker("ps -q -f status=paused -f name=patroni_patroni | xargs -r docker kill");
    }

    /**
     * Off the stack's network, by its own packet filter: a swarm's task that is disconnected and connected again has
     * another address, which Patroni has not published.
     */
    private void cut(String member) throws IOException {
        filter("-A", member);
    }

    /** Puts it back on the network, unless it is there. */
    private void heal(String member) throws IOException {
        filter("-D", member);
    }

    private void filter(String change, String member) throws IOException {
        String inside = "nsenter -t $(docker inspect -f '{{.State.Pid}}' " + container(member) + ") -n iptables -w ";
        cluster.inside(
                SOON,
                "sh",
                "-c",
                inside + change + " INPUT ! -i lo -j DROP && " + inside + change + " OUTPUT ! -o lo -j DROP"
                        + (change.equals("-D") ? " || true" : ""));
    }

    /** What the node says of itself, asked inside of its container, whoever can reach that. */
    private String said(String member) throws IOException {
        return docker("exec " + container(member) + " python3 -c \"import urllib.request;"
                + " print(urllib.request.urlopen('http://127.0.0.1:8091/patroni', timeout=10).read().decode())\"");
    }

    private static String container(String member) {
        return "$(docker ps -q -f name=patroni_" + member + ".)";
    }

    private String docker(String command) throws IOException {
        return cluster.inside(SOON, "sh", "-c", "docker " + command);
    }

    private static boolean isSilent(String screen, String member) {
        return row(screen, member).contains("no answer");
    }

    private static boolean isHealthy(String screen, String member, String role) {
        return row(screen, member).matches(".* " + role + " +(running|streaming) .* \\d+ ms .*");
    }

    private static String leader(String screen) {
        Matcher leader = Pattern.compile("Leader ★ (patroni\\d)").matcher(screen);
        return leader.find() ? leader.group(1) : "";
    }

    private static String row(String screen, String member) {
        return screen.lines()
                .filter(line -> line.matches("^[▸ ] [★✗ ] " + member + " .*"))
                .findFirst()
                .orElse("");
    }
}
