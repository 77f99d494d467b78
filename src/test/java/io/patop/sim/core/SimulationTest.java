package io.patop.sim.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.sim.Faults;
import io.patop.sim.Script;
import io.patop.sim.SimulatedRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Patroni's rules in simulated time: what each fault leads to, and when. Nothing here waits. */
class SimulationTest {
    private static final SimulationOptions QUIET = SimulationOptions.defaults().withWalRate(0);

    @Test
    void theSameSeedGivesTheSameCourse() throws Exception {
        assertThat(story(5)).isEqualTo(story(5));
        assertThat(story(5)).isNotEqualTo(story(6));
    }

    private static String story(long seed) throws Exception {
        SimulatedRun course = new SimulatedRun(SimulationOptions.defaults().withSeed(seed));
        return course.run(3).fault("kill leader").run(50).polls().stream()
                .map(poll -> poll.cluster() + " " + poll.status())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aHealthyClusterStaysAsItIs() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withNodes(5));
        assertThat(course.run(120).polls())
                .allSatisfy(poll -> assertThat(roles(poll.cluster().orElseThrow()))
                        .isEqualTo("leader replica replica replica replica"));
        assertThat(course.get("patroni1", "/history")).isEmpty();
    }

    private static String roles(JsonNode cluster) {
        return String.join(" ", cluster.path("members").findValuesAsText("role"));
    }

    @Test
    void aSingleNodeThatIsKilledComesBackAsLeaderOnTheNextTimeline() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withNodes(1));
        course.run(2).fault("kill leader").run(5).fault("start patroni1").run(15);
        JsonNode row = course.row("patroni1", "patroni1");
        assertThat(row.path("role").asText()).isEqualTo("leader");
        assertThat(row.path("timeline").asInt()).isEqualTo(2);
    }

    @Test
    void aLeaderRestartedWithinItsTtlKeepsTheLockAndGoesToTheNextTimeline() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        course.run(5).fault("kill leader").run(8).fault("start patroni1").run(10);
        assertThat(course.world.leader()).contains("patroni1");
        assertThat(course.get("patroni1", "/patroni").path("timeline").asInt()).isEqualTo(2);
    }

    @Test
    void aCrashedPostgresIsStartedAgainOnTheSameTimelineBy4() throws Exception {
        SimulatedRun course = crashed(SimulatedPatroni.V4_1_4);
        assertThat(course.world.leader()).contains("patroni1");
        assertThat(course.get("patroni1", "/patroni").path("timeline").asInt()).isEqualTo(1);
    }

    @Test
    void aCrashedPostgresIsPromotedAgainBy3ASegmentLater() throws Exception {
        SimulatedRun course = crashed(SimulatedPatroni.V3_0_2);
        assertThat(course.world.leader()).contains("patroni1");
        assertThat(course.get("patroni1", "/patroni").path("timeline").asInt()).isEqualTo(2);
        assertThat(course.polls()).anySatisfy(poll -> assertThat(poll.cluster()
                        .orElseThrow()
                        .path("members")
                        .path(1)
                        .path("lag")
                        .asLong())
                .isGreaterThan(16_000_000));
        assertThat(course.row("patroni1", "patroni2").path("lag").asLong()).isZero();
    }

    private static SimulatedRun crashed(SimulatedPatroni version) throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withVersions(version), Duration.ofMillis(100));
        course.run(3).fault("crash leader");
        assertThat(course.command("patroni1", "GET", "/patroni", ""))
                .startsWith("200 {\"state\": \"unknown\", \"role\": \"" + version.primaryWord() + "\"")
                .doesNotContain("timeline");
        course.run(30);
        assertThat(course.polls()).anySatisfy(poll -> assertThat(poll.cluster()
                        .orElseThrow()
                        .path("members")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("crashed"));
        return course;
    }

    @Test
    void aFrozenLeaderIsReplacedAndRewindsWhenThawed() throws Exception {
        SimulatedRun course = new SimulatedRun(SimulationOptions.defaults());
        course.run(5).fault("freeze leader").run(45);
        assertThat(course.world.leader()).isPresent().isNotEqualTo(java.util.Optional.of("patroni1"));
        course.fault("thaw patroni1").run(25);
        JsonNode status = course.get("patroni1", "/patroni");
        assertThat(status.path("role").asText()).isEqualTo("replica");
        assertThat(status.path("timeline").asInt()).isEqualTo(2);
    }

    @Test
    void aPartitionedLeaderDemotesItselfBeforeAnotherIsElected() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET, Duration.ofMillis(100));
        course.run(5).fault("partition leader").run(40);
        assertThat(course.polls()).allSatisfy(poll -> assertThat(poll.status().values().stream()
                        .filter(status -> status.path("role").asText().equals("master"))
                        .filter(status -> status.path("state").asText().equals("running"))
                        .count())
                .as("primaries at %s", poll.seconds())
                .isLessThanOrEqualTo(1));
        String leader = course.world.leader().orElseThrow();
        assertThat(leader).isNotEqualTo("patroni1");
        assertThat(course.get("patroni1", "/patroni").path("cluster_unlocked").asBoolean())
                .isTrue();
        assertThat(course.get(leader, "/patroni").has("cluster_unlocked")).isFalse();
    }

    @Test
    void inAPartitionTheCutOffNodeTellsAnOldViewUntilItNotices() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        course.run(1).fault("partition patroni3").fault("kill leader").run(2);
        assertThat(roles(course.get("patroni3", "/cluster"))).isEqualTo("leader replica replica");
        course.run(25);
        assertThat(SimulatedRun.json(course.ask("patroni3", "GET", "/cluster"))).isEmpty();
    }

    @Test
    void withoutTheDcsTheLeaderDemotesItselfAndComesBackWithIt() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        course.run(5).fault("dcs-down").run(25);
        assertThat(course.get("patroni1", "/patroni").path("role").asText()).isEqualTo("replica");
        assertThat(course.get("patroni2", "/patroni").path("cluster_unlocked").asBoolean())
                .isTrue();
        assertThat(course.command("patroni2", "GET", "/cluster", "")).isEqualTo("Dropped");
        course.fault("dcs-up").run(15);
        assertThat(roles(course.get("patroni2", "/cluster"))).isEqualTo("leader replica replica");
        assertThat(course.get("patroni1", "/patroni").path("timeline").asInt()).isEqualTo(2);
    }

    @Test
    void inFailsafeModeTheLeaderGoesOnWithoutTheDcsWhileAllMembersAnswer() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withFailsafe(true));
        course.run(15).fault("dcs-down").run(60);
        JsonNode leader = course.get("patroni1", "/patroni");
        assertThat(leader.path("role").asText()).isEqualTo("master");
        assertThat(leader.path("failsafe_mode_is_active").asBoolean()).isTrue();
        assertThat(course.get("patroni2", "/patroni")
                        .path("failsafe_mode_is_active")
                        .asBoolean())
                .isTrue();
        course.fault("kill patroni3").run(30);
        assertThat(course.get("patroni1", "/patroni").path("role").asText()).isEqualTo("replica");
    }

    @Test
    void aReplicaThatIsTooFarBehindIsNotElected() throws Exception {
        SimulatedRun course = new SimulatedRun(
                SimulationOptions.defaults().withNodes(2).withWalRate(200_000).withMaximumLagOnFailover(100_000));
        course.run(1).fault("slow patroni2").run(30);
        assertThat(course.row("patroni1", "patroni2").path("lag").asLong()).isGreaterThan(1_000_000);
        course.fault("kill leader").run(60);
        assertThat(course.world.leader()).isEmpty();
        assertThat(roles(course.get("patroni2", "/cluster"))).isEqualTo("replica");
    }

    @Test
    void ofTwoReplicasTheOneAheadIsElected() throws Exception {
        SimulatedRun course = new SimulatedRun(SimulationOptions.defaults().withWalRate(20_000));
        course.run(1).fault("slow patroni2").run(10).fault("kill leader").run(40);
        assertThat(course.world.leader()).contains("patroni3");
    }

    @Test
    void aNodeTaggedNofailoverIsNeverElected() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withTags(Map.of("patroni2", Map.of("nofailover", "true"))));
        course.run(2).fault("stop leader").run(30);
        assertThat(course.world.leader()).contains("patroni3");
        assertThat(course.row("patroni3", "patroni2")
                        .path("tags")
                        .path("nofailover")
                        .asBoolean())
                .isTrue();
        course.fault("kill leader").run(60);
        assertThat(course.world.leader()).isEmpty();
    }

    @Test
    void pausedNobodyIsElectedUntilResumed() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        course.run(2).fault("pause").run(12).fault("kill leader").run(60);
        assertThat(course.world.leader()).isEmpty();
        assertThat(course.get("patroni2", "/cluster").path("pause").asBoolean()).isTrue();
        course.fault("resume").run(15);
        assertThat(course.world.leader()).isPresent();
    }

    @Test
    void inSynchronousModeOnlyTheSyncStandbyIsElected() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET.withSynchronous(SimulationOptions.Synchronous.ON));
        course.run(25);
        String sync = course.row("patroni1", "patroni2").path("role").asText().equals("sync_standby")
                ? "patroni2"
                : "patroni3";
        assertThat(roles(course.get("patroni1", "/cluster")).split(" ", -1))
                .contains("leader", "sync_standby", "replica");
        assertThat(course.get(sync, "/patroni").path("sync_standby").asBoolean())
                .isTrue();
        assertThat(course.check(sync, "/sync")).isEqualTo(200);
        course.fault("kill leader").run(45);
        assertThat(course.world.leader()).contains(sync);
        course.run(25);
        assertThat(roles(course.get(sync, "/cluster"))).contains("sync_standby");
    }

    @Test
    void quorumCommitMakesAllStandbysQuorumStandbys() throws Exception {
        SimulatedRun course = new SimulatedRun(
                QUIET.withVersions(SimulatedPatroni.V4_1_4).withSynchronous(SimulationOptions.Synchronous.QUORUM));
        course.run(25);
        assertThat(roles(course.get("patroni1", "/cluster"))).isEqualTo("leader quorum_standby quorum_standby");
        assertThat(course.check("patroni2", "/quorum")).isEqualTo(200);
        assertThat(course.check("patroni2", "/sync")).isEqualTo(503);
        assertThat(course.check("patroni2", "/async")).isEqualTo(503);
    }

    @Test
    void theHistoryGrowsWithEachPromotion() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        course.run(2)
                .fault("switchover patroni2")
                .run(30)
                .fault("switchover patroni3")
                .run(30);
        JsonNode history = course.get("patroni3", "/history");
        assertThat(history).hasSize(2);
        assertThat(history.path(0).path(0).asInt()).isEqualTo(1);
        assertThat(history.path(1).path(4).asText()).isEqualTo("patroni3");
        assertThat(history.path(1).path(2).asText()).isEqualTo("no recovery target specified");
        assertThat(history.path(1).path(1).asLong())
                .isGreaterThan(history.path(0).path(1).asLong());
    }

    @Test
    void theScenariosAllEndWithAHealthyCluster() throws Exception {
        for (String name : Script.SCENARIOS) {
            SimulatedRun course = new SimulatedRun(SimulationOptions.defaults());
            double at = 0;
            for (Script.Step step : Script.scenario(name).steps()) {
                double next = step.at().toMillis() / 1000.0;
                course.run(next - at);
                at = next;
                new Faults(course.world).apply(step.fault());
            }
            course.run(40);
            String roles = roles(course.get("patroni2", "/cluster"));
            assertThat(roles.split(" ", -1)).as(name).containsExactlyInAnyOrder("leader", "replica", "replica");
            assertThat(course.polls().stream()
                            .map(poll -> poll.cluster().map(SimulationTest::roles))
                            .distinct()
                            .count())
                    .as("%s: something is to be seen", name)
                    .isGreaterThan(1);
        }
    }

    private static final List<SimulatedFault.Kind> KINDS = List.of(SimulatedFault.Kind.values());
    private static final List<SimulationOptions.Synchronous> MODES = List.of(
            SimulationOptions.Synchronous.OFF, SimulationOptions.Synchronous.ON, SimulationOptions.Synchronous.STRICT);

    @Test
    void whateverHappensTheClusterHeals() throws Exception {
        for (int seed = 1; seed <= 60; seed++) {
            SimulationOptions.Synchronous mode = MODES.get(seed % MODES.size());
            SimulatedRun course = new SimulatedRun(
                    SimulationOptions.defaults()
                            .withSeed(seed)
                            .withSynchronous(mode)
                            .withFailsafe(seed % 2 == 0),
                    Duration.ofSeconds(1));
            StringBuilder story = new StringBuilder("seed " + seed);
            Random random = new Random(seed);
            for (int i = 0; i < 12; i++) {
                SimulatedFault.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
                String member = "patroni" + (1 + random.nextInt(3));
                story.append(", ").append(kind.word()).append(' ').append(member);
                attempt(course, SimulatedFault.of(kind, member));
                course.run(1 + random.nextInt(30));
            }
            for (String name : course.world.memberNames()) {
                course.fault("heal " + name);
            }
            course.fault("dcs-up").run(2).fault("resume").run(120);
            String asked = course.world.leader().orElseThrow(() -> new AssertionError("no leader: " + story));
            JsonNode cluster = course.get(asked, "/cluster");
            assertThat(cluster.path("members").findValuesAsText("state"))
                    .as("%s: %s", story, cluster)
                    .containsExactly("running", "running", "running");
            assertThat(cluster.path("members").findValuesAsText("timeline").stream()
                            .distinct())
                    .as("%s: %s", story, cluster)
                    .hasSize(1);
            assertThat(course.get(asked, "/patroni").path("replication"))
                    .as("%s", story)
                    .hasSize(2);
        }
    }

    /** A switchover to who leads already, say, is refused, which is as good. */
    private static void attempt(SimulatedRun course, SimulatedFault fault) {
        try {
            new Faults(course.world).apply(fault);
        } catch (SimulationException refused) {
            assertThat(refused).hasMessageNotContaining("no member");
        }
    }

    @Test
    void aFrozenDcsAndAFrozenProxyComeBack() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        course.run(5).fault("dcs-freeze").fault("proxy-freeze").run(1);
        assertThat(course.world.dcs().isUp()).isFalse();
        course.run(40);
        assertThat(course.get("patroni1", "/patroni").path("role").asText())
                .as("the leader has demoted itself")
                .isEqualTo("replica");
        course.fault("dcs-up").fault("proxy-up").run(30);
        assertThat(course.world.dcs().isUp()).isTrue();
        assertThat(course.world.swarm().services())
                .allMatch(service ->
                        service.running().filter(task -> !task.paused).isPresent());
        assertThat(course.world.leader()).isPresent();
    }

    @Test
    void aFaultOfAnUnknownMemberNamesThoseThereAre() throws Exception {
        SimulatedRun course = new SimulatedRun(QUIET);
        assertThatThrownBy(() -> course.fault("stop patroni9"))
                .isInstanceOf(SimulationException.class)
                .hasMessage("no member 'patroni9'; there are: patroni1, patroni2, patroni3");
        assertThatThrownBy(() -> course.fault("stop sync")).hasMessage("there is no sync now");
    }
}
