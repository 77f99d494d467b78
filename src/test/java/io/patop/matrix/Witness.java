package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The real cluster with a witness in it: how it is now, by what that writes down, and how it is broken. */
final class Witness implements AutoCloseable {

    static final List<String> MEMBERS = List.of("patroni1", "patroni2", "patroni3");

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RealCluster cluster;
    private final Path folder;
    private final Instant began = Instant.now();
    private final Tail answers;
    private final Tail keys;
    private final Tail writes;
    private final Map<String, Testimony.Answer> last = new HashMap<>();
    private Optional<String> leader = Optional.empty();
    private Optional<Testimony.Write> write = Optional.empty();

    private Witness(RealCluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.answers = new Tail(folder.resolve("answers.jsonl"));
        this.keys = new Tail(folder.resolve("keys.jsonl"));
        this.writes = new Tail(folder.resolve("writes.jsonl"));
    }

    /** Begins to watch the cluster; what is seen goes into the folder. */
    static Witness start(RealCluster cluster, Path folder) throws IOException {
        Witness witness = new Witness(cluster, folder);
        witness.shell("docker rm -f truth > /dev/null 2>&1 || true");
        witness.shell("docker run -d --cpu-shares 8192 --init --name truth --network=patroni_patroni"
                + " -e PGUSER=patop -e PGPASSWORD=patop -e PGDATABASE=patop -v "
                + cluster.socket() + ":/var/run/docker.sock -v "
                + Path.of("src/test/cluster/truth.py").toAbsolutePath() + ":/truth.py:ro -v " + folder + ":/truth "
                + cluster.image() + " python3 /truth.py /truth " + String.join(" ", MEMBERS));
        return witness;
    }

    /** Ends the watching, and keeps what the engine, HAProxy, Patroni and PostgreSQL have to say themselves. */
    @Override
    public void close() throws IOException {
        shell("docker rm -f truth");
        String since = " --since " + began + " ";
        shell("docker events" + since + "--until " + Instant.now() + " --filter type=container --filter type=service"
                + " --format '{{json .}}' | grep -v exec_ > " + folder.resolve("engine.jsonl") + "; true");
        shell("for c in $(docker ps -aq -f name=patroni_); do docker logs -t" + since + "$c > " + folder
                + "/$(docker inspect -f '{{index .Config.Labels \"com.docker.swarm.service.name\"}}' $c)-$c.log 2>&1; done;"
                + " true");
    }

    /** Takes in what has been written down since. */
    private void look() throws IOException {
        for (Testimony.Answer answer : Testimony.answers(answers)) {
            last.put(answer.node() + answer.path(), answer);
        }
        for (Testimony.KeyChange change : Testimony.keys(keys)) {
            if (change.key().equals("leader")) {
                leader = change.value().map(JsonNode::asText);
            }
        }
        for (Testimony.Write tried : Testimony.writes(writes)) {
            if (tried.to().equals("haproxy")) {
                write = Optional.of(tried);
            }
        }
    }

    /** The member that holds the leader key, as etcd says. */
    Optional<String> leader() throws IOException {
        look();
        return leader;
    }

    /** Whether the member said last that its PostgreSQL runs. */
    boolean isRunning(String member) throws IOException {
        look();
        return last.get(member + "/patroni").body().filter(Truth::isRunning).isPresent();
    }

    /** The role in which any node's last answer of {@code /cluster} has the member. */
    Set<String> roles(String member) throws IOException {
        look();
        return last.values().stream()
                .filter(answer -> answer.path().equals("/cluster"))
                .flatMap(answer -> answer.body().stream())
                .map(body -> body.path("members").path(member).path("role").asText())
                .collect(Collectors.toSet());
    }

    /** One leads, two stream from it on its timeline, each by its own and by all others' word, and writes work. */
    boolean isWhole() throws IOException {
        look();
        Instant now = Instant.now();
        return last.size() == 2 * MEMBERS.size()
                && write.filter(Testimony.Write::acknowledged)
                        .filter(done -> done.when().to().isAfter(now.minusSeconds(2)))
                        .isPresent()
                && last.values().stream()
                        .allMatch(answer -> answer.body().isPresent()
                                && answer.when().to().isAfter(now.minusSeconds(3))
                                && isGood(answer));
    }

    private static boolean isGood(Testimony.Answer answer) {
        JsonNode body = answer.body().orElseThrow();
        if (answer.path().equals("/patroni")) {
            return body.path("state").asText().equals("running");
        }
        JsonNode members = body.path("members");
        List<Long> timelines = new ArrayList<>();
        members.forEach(member -> timelines.add(member.path("timeline").asLong()));
        int leaders = 0;
        int replicas = 0;
        for (JsonNode member : members) {
            String state = member.path("state").asText();
            boolean leads = member.path("role").asText().equals("leader");
            leaders += leads && state.equals("running") ? 1 : 0;
            replicas += !leads && state.equals("streaming") ? 1 : 0;
        }
        return members.size() == MEMBERS.size()
                && leaders == 1
                && replicas == 2
                && timelines.stream().distinct().count() == 1;
    }

    /** Does it, and writes down that it was done. */
    void deed(String what, String command) throws IOException {
        note(what);
        shell(command);
    }

    void note(String what) throws IOException {
        String line = JsonNodeFactory.instance
                .objectNode()
                .put("at", Instant.now().toEpochMilli() / 1000.0)
                .put("deed", what)
                .toString();
        Files.writeString(
                folder.resolve("deeds.jsonl"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    String shell(String command) throws IOException {
        return cluster.inside(SOON, "sh", "-c", command).strip();
    }

    /** What a shell replaces by the container of that service of the stack that runs. */
    static String container(String service) {
        return "$(docker ps -q -f name=patroni_" + service + ".)";
    }

    void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what + ", as is seen in " + folder)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    void awaitAnotherLeader(String old) throws IOException {
        await("leader in place of " + old, () -> leader().filter(now -> !now.equals(old))
                .isPresent());
        String now = leader().orElseThrow();
        await("primary " + now, () -> {
            look();
            return last.get(now + "/patroni").body().filter(Truth::isPrimary).isPresent();
        });
    }

    void awaitWhole() throws IOException {
        await("whole cluster", this::isWhole);
    }
}
