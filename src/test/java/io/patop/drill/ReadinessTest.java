package io.patop.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Observation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each reason not to begin, in one clear line. */
class ReadinessTest {

    private final DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));

    @Test
    void aWholeClusterIsReady() {
        for (Fault fault : EnumSet.range(Fault.STOP, Fault.RESTART)) {
            assertThat(troubles(DrillStory.plan(fault))).as(fault.word()).isEmpty();
        }
    }

    @Test
    void nobodyLeads() {
        story.told
                .seconds(1)
                .cluster(
                        ReducerStory.replica("a", 1, 0),
                        ReducerStory.replica("b", 1, 0),
                        ReducerStory.replica("c", 1, 0));

        assertThat(troubles()).contains("nobody leads", "a failover of a is under way");
    }

    @Test
    void aMemberThatDoesNotAnswerRunOrStream() {
        story.told.silent("b");
        assertThat(troubles()).containsExactly("b: its REST API does not answer");
        story.told.standby("b", 1).primary("a", 1, "b");
        assertThat(troubles()).containsExactly("c does not stream from the leader");
        story.told
                .primary("a", 1, "b", "c")
                .cluster(ReducerStory.leader("a", 1), ReducerStory.stopped("b"), ReducerStory.replica("c", 1, 0));
        assertThat(troubles()).containsExactly("b is stopped");
    }

    @Test
    void aMemberOnAnotherTimeline() {
        story.told.standby("b", 2);

        assertThat(troubles()).containsExactly("b is on timeline 2, the leader on 1");
    }

    @Test
    void maintenanceModeAndScheduledSwitchover() {
        String[] members = {
            ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0)
        };
        story.told.clusterWith(",\"pause\":true", members);
        assertThat(troubles())
                .containsExactly("maintenance mode is on, so that nothing fails over (patronictl resume ends it)");
        story.told.clusterWith(
                ",\"scheduled_switchover\":{\"at\":\"2026-11-24T20:00:00+00:00\",\"from\":\"a\"}", members);
        assertThat(troubles())
                .containsExactly(
                        "a switchover is scheduled at 2026-11-24T20:00:00+00:00 (patronictl flush calls it off)");
    }

    @Test
    void whatDockerCannotBreak() {
        story.told.tell(new Observation.DockerFailed(
                story.now(), new Failure(Failure.Kind.DENIED, "no permission for /var/run/docker.sock")));

        assertThat(troubles(DrillStory.plan(Fault.STOP))).containsExactly("no permission for /var/run/docker.sock");
        assertThat(troubles(DrillStory.plan(Fault.SWITCHOVER))).isEmpty();
    }

    /** As a drill leaves it that was killed: the member has left, and the rest is well. */
    @Test
    void whatIsStillTakenAwayOrFrozen() {
        story.told.docker(DrillStory.services(1, 1, 0));
        story.told
                .cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0))
                .primary("a", 1, "b");
        assertThat(troubles())
                .containsExactly("service patroni_c is scaled to 0; docker service scale patroni_c=1 brings it back");
        EngineView view = DrillStory.services(1, 1, 1);
        story.told.docker(new EngineView(
                view.engine(),
                view.services(),
                view.tasks(),
                view.containers().stream()
                        .map(container -> container.id().equals("cc") ? paused(container) : container)
                        .toList(),
                view.withoutServices()));
        assertThat(troubles())
                .containsExactly("container patroni_c.1.tc is frozen; docker unpause patroni_c.1.tc thaws it");
    }

    private static Container paused(Container container) {
        return new Container(
                container.id(),
                container.name(),
                container.image(),
                "paused",
                "Up (Paused)",
                container.taskId(),
                container.composeProject(),
                container.composeService(),
                container.addresses(),
                container.networks());
    }

    @Test
    void targetsThatAreNotThere() {
        assertThat(troubles(plan(new Target.Named("x")))).containsExactly("no member x; there are a, b, c");
        assertThat(troubles(plan(new Target.SyncStandby())))
                .containsExactly("no member is a synchronous standby (synchronous_mode is off?)");
    }

    @Test
    void nobodyWhoMayTakeOver() {
        String never = "\"timeline\":1,\"lag\":0,\"tags\":{\"nofailover\":true}";
        story.told.cluster(
                ReducerStory.leader("a", 1),
                ReducerStory.member("b", "replica", "running", never),
                ReducerStory.member("c", "replica", "running", never));

        assertThat(troubles()).containsExactly("no replica may take over: all have the tag nofailover");
    }

    @Test
    void aProbeThatCannotWrite() {
        assertThat(Readiness.troubles(
                        DrillStory.plan(Fault.STOP),
                        ReducerStory.healthy()
                                .docker(DrillStory.services(1, 1, 1))
                                .dashboard()))
                .containsExactly("no write probe runs, so that no outage could be measured");
        story.seconds(0.1).refused();
        assertThat(troubles()).containsExactly("the write probe cannot write: connection refused");
        story.told.tell(new Observation.ProbeEnded(
                story.now(), Optional.of(new Failure(Failure.Kind.DENIED, "password authentication failed"))));
        assertThat(troubles()).containsExactly("password authentication failed");
    }

    @Test
    void aProbeThatFailedBeforeItBegan() {
        ReducerStory told = ReducerStory.healthy().docker(DrillStory.services(1, 1, 1));
        told.tell(new Observation.ProbeEnded(
                told.now(), Optional.of(new Failure(Failure.Kind.DENIED, "database \"x\" does not exist"))));

        assertThat(Readiness.troubles(DrillStory.plan(Fault.STOP), told.dashboard()))
                .containsExactly("the probe cannot write: database \"x\" does not exist");
    }

    private List<String> troubles() {
        return troubles(DrillStory.plan(Fault.STOP));
    }

    private List<String> troubles(DrillPlan plan) {
        return Readiness.troubles(plan, story.dashboard());
    }

    private static DrillPlan plan(Target target) {
        return DrillPlan.of(List.of(Fault.STOP), target, 1, Objectives.DEFAULT);
    }
}
