package io.patop.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The simulation against recorded failovers of a real cluster (Patroni 3.0.2, ttl 30, loop_wait 10): for each
 * member the same sequence of role, state, timeline and lag, and durations within Patroni's own bounds. The
 * real recording looked every half second and so missed short states at times; so may a seed.
 */
class ConformanceTest {
    private static final int SEEDS = 60;
    private static final double TTL = 30;
    private static final double LOOP_WAIT = 10;
    private static final double REQUEST_TIMEOUT = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The members by their part in the story, whatever their names. */
    private record Cast(String leader, String successor, String other) {
        static Cast of(List<SimulatedRun.Poll> polls) {
            String first = leaders(polls.get(0).cluster().orElseThrow());
            String last = leaders(polls.get(polls.size() - 1).cluster().orElseThrow());
            String other = List.of("patroni1", "patroni2", "patroni3").stream()
                    .filter(name -> !name.equals(first) && !name.equals(last))
                    .findFirst()
                    .orElseThrow();
            return new Cast(first, last, other);
        }

        private static String leaders(JsonNode cluster) {
            for (JsonNode member : cluster.path("members")) {
                if (member.path("role").asText().equals("leader")) {
                    return member.path("name").asText();
                }
            }
            return "";
        }

        Map<String, String> parts() {
            return Map.of("leader", leader, "successor", successor, "other", other);
        }
    }

    @Test
    void aCleanStopOfTheLeaderLooksAsItReallyDid() throws Exception {
        compare("clean-stop", "stop leader", 5.1, 74.5);
    }

    @Test
    void aKilledLeaderLooksAsItReallyDid() throws Exception {
        compare("sigkill", "kill leader", 5.1, 65.5);
    }

    private void compare(String trace, String fault, double at, double backAt) throws Exception {
        List<SimulatedRun.Poll> real = recorded(trace);
        Map<String, List<String>> expected = rows(real);
        Map<String, Integer> exact = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            List<SimulatedRun.Poll> simulated = simulated(seed, fault, at, backAt);
            Map<String, List<String>> rows = rows(simulated);
            for (String part : expected.keySet()) {
                assertThat(isWithin(rows.get(part), expected.get(part)))
                        .as("%s, seed %d: %s within %s", part, seed, rows.get(part), expected.get(part))
                        .isTrue();
                assertThat(rows.get(part).get(rows.get(part).size() - 1))
                        .isEqualTo(expected.get(part).get(expected.get(part).size() - 1));
                if (rows.get(part).equals(expected.get(part))) {
                    exact.merge(part, 1, Integer::sum);
                }
            }
        }
        assertThat(exact).as("seeds with exactly the real sequence").hasSize(3);
        assertThat(exact.values()).allSatisfy(count -> assertThat(count).isGreaterThan(SEEDS / 4));
    }

    @Test
    void theirOwnStatusesAreThoseThatNodesReallyGave() throws Exception {
        for (Object[] run : new Object[][] {
            {"clean-stop", "stop leader", 5.1, 74.5},
            {"sigkill", "kill leader", 5.1, 65.5}
        }) {
            Map<String, List<String>> expected = statuses(recorded((String) run[0]));
            for (int seed = 1; seed <= SEEDS; seed++) {
                Map<String, List<String>> seen =
                        statuses(simulated(seed, (String) run[1], (double) run[2], (double) run[3]));
                for (String part : List.of("successor", "other")) {
                    assertThat(seen.get(part))
                            .as("%s, %s, seed %d", run[0], part, seed)
                            .isEqualTo(expected.get(part));
                }
            }
        }
    }

    @Test
    void aCleanStopTakesAsLongAsItReallyDid() throws Exception {
        assertCleanStopDurations(recorded("clean-stop"));
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertCleanStopDurations(simulated(seed, "stop leader", 5.1, 74.5));
        }
    }

    private static void assertCleanStopDurations(List<SimulatedRun.Poll> polls) {
        Cast cast = Cast.of(polls);
        double lost = lost(polls, cast.leader());
        double elected = first(polls, lost, cast.successor(), "leader");
        assertThat(elected - lost).as("until a new leader").isBetween(0.5, LOOP_WAIT);
        assertThat(first(polls, elected, cast.successor(), "tl+1") - elected)
                .as("until it is promoted")
                .isBetween(0.0, 2.0);
        assertThat(first(polls, elected, cast.other(), "tl+1") - elected)
                .as("until the other's key says the new timeline")
                .isBetween(0.0, 2 * LOOP_WAIT);
        assertThat(first(polls, elected, cast.leader(), "gone") - elected)
                .as("until the old leader's key runs out")
                .isBetween(TTL - LOOP_WAIT - 2, TTL + 2);
    }

    @Test
    void aKilledLeaderIsReplacedWhenItsKeyRunsOutAsItReallyWas() throws Exception {
        assertKillDurations(recorded("sigkill"));
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertKillDurations(simulated(seed, "kill leader", 5.1 + seed % 10, 65.5));
        }
    }

    private static void assertKillDurations(List<SimulatedRun.Poll> polls) {
        Cast cast = Cast.of(polls);
        double lost = lost(polls, cast.leader());
        double gone = first(polls, lost, cast.leader(), "gone");
        double elected = first(polls, lost, cast.successor(), "leader");
        assertThat(gone - lost).as("until its key runs out").isBetween(TTL - LOOP_WAIT - 1, TTL + 1);
        assertThat(elected - gone).as("the race").isBetween(0.0, REQUEST_TIMEOUT + 1.5);
        assertThat(first(polls, elected, cast.successor(), "tl+1") - elected)
                .as("until it is promoted")
                .isBetween(0.0, 2.0);
        assertThat(first(polls, elected, cast.other(), "tl+1") - elected)
                .as("until the other's key says the new timeline")
                .isBetween(0.0, 2 * LOOP_WAIT);
    }

    private static double lost(List<SimulatedRun.Poll> polls, String leader) {
        return polls.stream()
                .filter(poll -> !poll.status().containsKey(leader))
                .mapToDouble(SimulatedRun.Poll::seconds)
                .findFirst()
                .orElseThrow();
    }

    private static double first(List<SimulatedRun.Poll> polls, double from, String member, String what) {
        int before = timeline(row(polls.get(0), member).orElseThrow());
        return polls.stream()
                .filter(poll -> poll.seconds() >= from && poll.cluster().isPresent())
                .filter(poll -> switch (what) {
                    case "gone" -> row(poll, member).isEmpty();
                    case "leader" ->
                        row(poll, member)
                                .filter(row -> row.path("role").asText().equals("leader"))
                                .isPresent();
                    default ->
                        row(poll, member)
                                .filter(row -> timeline(row) == before + 1)
                                .isPresent();
                })
                .mapToDouble(SimulatedRun.Poll::seconds)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<JsonNode> row(SimulatedRun.Poll poll, String member) {
        for (JsonNode row : poll.cluster().orElseThrow().path("members")) {
            if (row.path("name").asText().equals(member)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static int timeline(JsonNode row) {
        return row.path("timeline").asInt(-1);
    }

    /** For each part what /cluster said of it, as long as that changed. */
    private static Map<String, List<String>> rows(List<SimulatedRun.Poll> polls) {
        int start = timeline(row(polls.get(0), Cast.of(polls).leader()).orElseThrow());
        Map<String, List<String>> sequences = new LinkedHashMap<>();
        Cast.of(polls).parts().forEach((part, member) -> {
            List<Seen> seen = new ArrayList<>();
            for (SimulatedRun.Poll poll : polls) {
                if (poll.cluster().isPresent()) {
                    String words = row(poll, member)
                            .map(row -> row.path("role").asText() + " "
                                    + row.path("state").asText() + " " + relative(timeline(row), start) + " "
                                    + lagClass(row.path("lag")))
                            .orElse("gone");
                    if (seen.isEmpty() || !seen.get(seen.size() - 1).words().equals(words)) {
                        seen.add(new Seen(poll.seconds(), words));
                    }
                }
            }
            sequences.put(part, withoutGlimpses(seen));
        });
        return sequences;
    }

    private record Seen(double since, String words) {}

    /**
     * Without the lag that is there only because two keys were not written in the same instant: it lasts for
     * less than the half second between two looks.
     */
    private static List<String> withoutGlimpses(List<Seen> seen) {
        List<String> sequence = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            boolean glimpse = seen.get(i).words().endsWith("behind")
                    && i + 1 < seen.size()
                    && seen.get(i + 1).since() - seen.get(i).since() < 0.45;
            if (!glimpse) {
                addChange(sequence, seen.get(i).words());
            }
        }
        return sequence;
    }

    /** For each part what its own /patroni said; short states and the race's moment are left out. */
    private static Map<String, List<String>> statuses(List<SimulatedRun.Poll> polls) {
        int start = timeline(row(polls.get(0), Cast.of(polls).leader()).orElseThrow());
        Map<String, List<String>> sequences = new LinkedHashMap<>();
        Cast.of(polls).parts().forEach((part, member) -> {
            List<String> sequence = new ArrayList<>();
            for (SimulatedRun.Poll poll : polls) {
                Optional.ofNullable(poll.status().get(member))
                        .filter(status -> status.path("state").asText().equals("running"))
                        .ifPresent(status -> addChange(
                                sequence, status.path("role").asText() + " " + relative(timeline(status), start)));
            }
            sequences.put(part, sequence);
        });
        return sequences;
    }

    private static void addChange(List<String> sequence, String seen) {
        if (sequence.isEmpty() || !sequence.get(sequence.size() - 1).equals(seen)) {
            sequence.add(seen);
        }
    }

    private static String relative(int timeline, int start) {
        return timeline < 0 ? "-" : "tl+" + (timeline - start);
    }

    private static String lagClass(JsonNode lag) {
        if (lag.isMissingNode()) {
            return "absent";
        }
        return lag.isTextual() ? "unknown" : lag.asLong() > 0 ? "behind" : "0";
    }

    /** Whether {@code part} is {@code whole} with at most some of its elements left out. */
    private static boolean isWithin(List<String> part, List<String> whole) {
        int at = 0;
        for (String element : whole) {
            if (at < part.size() && part.get(at).equals(element)) {
                at += 1;
            }
        }
        return at == part.size();
    }

    private static List<SimulatedRun.Poll> simulated(int seed, String fault, double at, double backAt)
            throws SimulationException {
        SimulationOptions options = SimulationOptions.defaults().withSeed(seed).withWalRate(0);
        SimulatedRun course = new SimulatedRun(options, Duration.ofMillis(100));
        String leader = course.world.leader().orElseThrow();
        return course.run(at)
                .fault(fault)
                .run(backAt - at)
                .fault("start " + leader)
                .run(25)
                .polls();
    }

    /** A trace, up to where a second recorder's lines begin. */
    private static List<SimulatedRun.Poll> recorded(String name) throws IOException {
        List<SimulatedRun.Poll> polls = new ArrayList<>();
        double last = -1;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(ConformanceTest.class.getResourceAsStream("/traces/" + name + ".jsonl.gz")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode tree = JSON.readTree(line);
                double seconds = tree.path("t").asDouble();
                if (seconds < last) {
                    break;
                }
                last = seconds;
                polls.add(poll(seconds, tree));
            }
        }
        return polls;
    }

    private static SimulatedRun.Poll poll(double seconds, JsonNode line) {
        Optional<JsonNode> cluster = Optional.empty();
        TreeMap<String, JsonNode> status = new TreeMap<>();
        for (String node : List.of("patroni1", "patroni2", "patroni3")) {
            cluster = cluster.or(
                    () -> Optional.ofNullable(line.path(node + "/cluster").get("body")));
            Optional.ofNullable(line.path(node + "/patroni").get("body")).ifPresent(body -> status.put(node, body));
        }
        return new SimulatedRun.Poll(seconds, cluster, status);
    }
}
