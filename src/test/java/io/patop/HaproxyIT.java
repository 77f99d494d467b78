package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HAProxy of the real stack: found by itself, its figures, a failover as it sees it, and its servers changed. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class HaproxyIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_FAILOVER = Duration.ofSeconds(90);
    private static final int TURNS = 5;

    /** What goes up and down from one second to the next: rates and what is open now, a health check's own too. */
    private static final Pattern MOVING = Pattern.compile(
            "check_duration|(conn_|req_)?rate|[qcrt]time|lastsess|[qs]cur|h[12]_(backend_)?open_(connections|streams)"
                    + "|(idle|safe|used)_conn_cur|need_conn_est|srv_icur");

    private final RealCluster cluster;

    HaproxyIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void theFiguresAreThoseOfTheCsvPage() throws IOException {
        List<String> different = List.of("not compared yet");
        // A server that goes up or down between two answers starts figures anew: then they are asked for again.
        for (int turn = 0; turn < TURNS && !different.isEmpty(); turn++) {
            different = differences();
        }
        assertThat(different).isEmpty();
    }

    private List<String> differences() throws IOException {
        Map<String, Map<String, String>> before = rows(page());
        Map<String, Map<String, String>> shown = rows(patop("-f", "csv"));
        Map<String, Map<String, String>> after = rows(page());

        assertThat(shown.keySet()).isEqualTo(before.keySet()).contains("leader/patroni1", "replicas/BACKEND");
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (String key : before.keySet()) {
            for (String column : before.get(key).keySet()) {
                if (!MOVING.matcher(column).matches() && !key.startsWith("stats/")) {
                    String least = before.get(key).get(column);
                    String most = after.get(key).get(column);
                    String figure = shown.get(key).get(column);
                    if (!isBetween(least, figure, most)) {
                        different.add("%s %s: %s, then %s, then %s".formatted(key, column, least, figure, most));
                    }
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(500);
        return different;
    }

    /** What is counted is counted on between the two answers; what is said is what one of them says. */
    private static boolean isBetween(String least, String figure, String most) {
        if (least.matches("\\d+") && figure.matches("\\d+") && most.matches("\\d+")) {
            long value = Long.parseLong(figure);
            return value >= Long.parseLong(least) && value <= Long.parseLong(most);
        }
        return figure.equals(least) || figure.equals(most);
    }

    @Test
    void aFailoverShowsTheServersChangeAndTheTimeItTook() throws IOException {
        try (Tmux tmux = Tmux.open(120, 45)) {
            tmux.type(cluster.patop(), "Enter");
            tmux.await("the members", Duration.ofSeconds(60), screen -> screen.contains("Leader ★ patroni"));
            tmux.type(":");
            tmux.type("haproxy", "Enter");
            String before = tmux.await(
                    "HAProxy, found by itself",
                    SOON,
                    screen -> screen.contains("✓ sessions for the leader go to patroni") && screen.contains("admin"));
            String leader = leader(before);
            assertThat(row(before, leader)).containsPattern("UP +★ Leader ✓ +L7OK/200");

            tmux.type("K");
            tmux.await("the question", SOON, screen -> screen.contains("yes, do it"));
            tmux.type("y");
            String after = tmux.await(
                    "HAProxy with the new leader",
                    A_FAILOVER,
                    screen -> screen.contains("✓ sessions for the leader go to patroni")
                            && !leader(screen).equals(leader));
            assertThat(row(after, leader)).contains("DOWN");
            assertThat(row(after, leader(after))).containsPattern("UP +★ Leader ✓");

            tmux.type("1");
            String phases = tmux.await("the phase", SOON, screen -> screen.contains("proxy routes to it"));
            assertThat(phases).containsPattern("proxy routes to it (≥ )?\\d+\\.\\d+( (±|to) \\d+\\.\\d+)? s");
            Files.writeString(Path.of("target", "haproxy-on-the-real-cluster.txt"), after + phases);
            tmux.type(":");
            tmux.type("events", "Enter");
            tmux.await("the events", SOON, screen -> screen.replaceAll("\\s+", " ")
                    .contains("HAProxy routes to the new leader " + leader(after)));
            tmux.type("q");
        } finally {
            for (String member : List.of("patroni1", "patroni2", "patroni3")) {
                cluster.inside(SOON, "docker", "service", "scale", "-d", "patroni_" + member + "=1");
            }
        }
        cluster.awaitHealth();
    }

    @Test
    void aServerIsDisabledAndEnabledInHaproxysOwnStatistics() throws IOException {
        String leader = Arrays.stream(page().split("\n", -1))
                .filter(line -> line.matches("replicas,patroni\\d,.*,DOWN,.*"))
                .map(line -> line.split(",", -1)[1])
                .findFirst()
                .orElseThrow();
        String replica = leader.equals("patroni1") ? "patroni2" : "patroni1";
        String server = "replicas/" + replica;
        try {
            assertThat(patop("disable", server, "--force")).contains("done: disable server " + server);
            assertThat(page()).containsPattern("(?m)^replicas," + replica + ",.*,MAINT,");
        } finally {
            patop("enable", server, "--force");
        }
        assertThat(page()).containsPattern("(?m)^replicas," + replica + ",.*,(UP|DOWN)[^,]*,");
    }

    private String page() throws IOException {
        return cluster.inside(SOON, "curl", "-s", "-f", "-m", "10", "http://127.0.0.1:7000/;csv");
    }

    private String patop(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "run",
                "--rm",
                "--network=patroni_patroni",
                "patop",
                "haproxy",
                "-u",
                "patroni1:8091,patroni2:8091,patroni3:8091",
                "--haproxy",
                "tcp://haproxy:7001"));
        command.addAll(List.of(arguments));
        return cluster.inside(Duration.ofSeconds(60), command.toArray(String[]::new));
    }

    /** The lines by proxy and service, each by its columns' names; HAProxy quotes texts that hold no comma too. */
    private static Map<String, Map<String, String>> rows(String csv) {
        List<String> lines = csv.lines().toList();
        List<String> names = List.of(lines.get(0).replaceFirst("^# ", "").split(",", -1));
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < Math.min(fields.length, names.size()); i++) {
                if (!names.get(i).isEmpty() && !names.get(i).equals("-")) {
                    row.put(names.get(i), fields[i].replaceAll("^\"|\"$", "").replace("* ", ""));
                }
            }
            if (fields.length > 1) {
                rows.put(fields[0] + "/" + fields[1], row);
            }
        }
        return rows;
    }

    private static String leader(String screen) {
        Matcher leader =
                Pattern.compile("sessions for the leader go to (patroni\\d)").matcher(screen);
        return leader.find() ? leader.group(1) : "";
    }

    /** Its first row: that of the leader's backend. */
    private static String row(String screen, String member) {
        return screen.lines()
                .filter(line -> line.matches("^[▸ ] +" + member + " .*"))
                .findFirst()
                .orElse("");
    }
}
