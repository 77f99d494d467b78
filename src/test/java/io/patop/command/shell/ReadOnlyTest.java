package io.patop.command.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patop.command.Commands;
import io.patop.command.Patop;
import io.patop.command.Run;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** With {@code --read-only}, before a command or after it, none that changes anything sends anything. */
class ReadOnlyTest {

    /** Each command that changes something, so that it would do it without asking. */
    private static final Map<String, List<String>> CHANGES = Map.ofEntries(
            Map.entry("scale", List.of("scale --force a=0 --docker-host tcp://HERE")),
            Map.entry("kill", List.of("kill --force a -u HERE --docker-host tcp://HERE")),
            Map.entry("freeze", List.of("freeze --force a -u HERE --docker-host tcp://HERE")),
            Map.entry("break", List.of("break partition a --force -u HERE --docker-host tcp://HERE")),
            Map.entry("mend", List.of("mend --force --docker-host tcp://HERE")),
            Map.entry("thaw", List.of("thaw --force a -u HERE --docker-host tcp://HERE")),
            Map.entry("drill", List.of("drill --yes -u HERE --docker-host tcp://HERE")),
            Map.entry(
                    "haproxy",
                    List.of(
                            "haproxy disable --force --haproxy tcp://HERE a/b",
                            "haproxy drain --force --haproxy tcp://HERE a/b",
                            "haproxy weight --force --haproxy tcp://HERE a/b=1")),
            Map.entry(
                    "probe",
                    List.of("probe --dsn postgresql://u@HERE/d", "probe --cleanup --dsn postgresql://u@HERE/d")),
            Map.entry("edit-config", List.of("edit-config --force -s ttl=40 -u HERE")),
            Map.entry("switchover", List.of("switchover --force -u HERE")),
            Map.entry("failover", List.of("failover --force --candidate a -u HERE")),
            Map.entry("restart", List.of("restart --force -u HERE")),
            Map.entry("reload", List.of("reload --force -u HERE")),
            Map.entry("reinit", List.of("reinit --force a -u HERE")),
            Map.entry("pause", List.of("pause -u HERE")),
            Map.entry("resume", List.of("resume -u HERE")),
            Map.entry("flush", List.of("flush switchover -u HERE")),
            Map.entry("demote-cluster", List.of("demote-cluster --force --host x -u HERE")),
            Map.entry("promote-cluster", List.of("promote-cluster --force -u HERE")));

    /** Those that only look, draw by the dashboard's own rules, or refuse always. */
    private static final Set<String> LOOKS = Set.of(
            "demo",
            "fleet",
            "list",
            "watch",
            "get",
            "record",
            "replay",
            "services",
            "log",
            "topology",
            "history",
            "version",
            "dsn",
            "show-config",
            "remove",
            "query",
            "completion",
            "manual",
            "rehearse");

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    static Stream<String> changes() {
        return CHANGES.values().stream().flatMap(List::stream);
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyCommandEitherChangesOrLooks() {
        Set<String> all = new TreeSet<>(CHANGES.keySet());
        all.addAll(LOOKS);
        assertThat(all).containsExactlyInAnyOrderElementsOf(Commands.NAMES);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingIsSent(String line) {
        String here = line.replace("HERE", "127.0.0.1:" + server.getAddress().getPort());
        for (String said : List.of("--read-only " + here, here + " --read-only")) {
            Run run = Run.of(said.split(" ", -1));
            assertThat(run.code()).as(said + ": " + run.err()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err())
                    .as(said)
                    .isEqualTo("patop: read-only: " + name(line) + " would change the cluster, so nothing was sent\n");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void theOptionsAreDeclaredOnce() {
        Map<String, Set<Class<?>>> declared = new TreeMap<>();
        addDeclarations(Patop.whole(ProcessEnvironment.ofTheProcess()).getCommandSpec(), declared);

        assertThat(declared).containsOnlyKeys("--force", "--read-only", "--yes");
        assertThat(declared.get("--read-only")).isEqualTo(Set.of(ReadOnly.class));
        assertThat(declared.get("--yes")).isEqualTo(Set.of(Force.class));
        assertThat(declared.get("--force")).isEqualTo(Set.of(Force.class));
    }

    private static void addDeclarations(CommandSpec command, Map<String, Set<Class<?>>> declared) {
        for (OptionSpec option : command.options()) {
            for (String name : List.of("--read-only", "--yes", "--force")) {
                if (List.of(option.names()).contains(name) && option.userObject() instanceof Field field) {
                    declared.computeIfAbsent(name, none -> new HashSet<>()).add(field.getDeclaringClass());
                }
            }
        }
        command.subcommands().values().forEach(line -> addDeclarations(line.getCommandSpec(), declared));
    }

    /** The words of the command itself. */
    private static String name(String line) {
        String[] words = line.split(" ", -1);
        return words[0].equals("haproxy") ? words[0] + " " + words[1] : words[0];
    }
}
