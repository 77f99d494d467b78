package io.patop.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Setting;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulatedPatroni;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported.Progress;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.source.PatroniSource;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked for is done: by the actor, to simulated nodes of each release, seen on the dashboard. */
@Timeout(120)
class PatroniCommandsTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration BOUND = Duration.ofMinutes(1);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Session session = new Session();
    private final List<Observation.ActionReported> reports = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Actor actor;
    private int read;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        executor.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void aSwitchoverIsDoneInThePatronisOwnWords(SimulatedPatroni version) throws Exception {
        watch(SimulationOptions.defaults().withVersions(version));
        ask(PatroniAvailability.switchover(session.dashboard(), Optional.of("patroni2"), Optional.empty()));

        assertThat(outcome()).isEqualTo("Successfully switched over to \"patroni2\"");
        await("the new leader", now -> now.leadership().present().equals(Optional.of("patroni2")));
        assertThat(session.dashboard().underWay()).isEmpty();
    }

    @Test
    void aSwitchoverIsScheduledShownAndCancelled() throws Exception {
        watch(SimulationOptions.defaults());
        OffsetDateTime at = OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        ask(PatroniAvailability.switchover(session.dashboard(), Optional.of("patroni3"), Optional.of(at)));
        assertThat(outcome()).isEqualTo("Switchover scheduled");
        await(
                "the schedule",
                now -> now.scheduledSwitchover().flatMap(due -> due.to()).equals(Optional.of("patroni3")));

        ask(PatroniAvailability.cancelSwitchover(session.dashboard()));
        assertThat(outcome()).isEqualTo("scheduled switchover deleted");
        await("no schedule", now -> now.scheduledSwitchover().isEmpty());
        assertThat(PatroniAvailability.cancelSwitchover(session.dashboard()))
                .isInstanceOf(Availability.Impossible.class);
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void aRestartIsScheduledShownAndCancelled(SimulatedPatroni version) throws Exception {
        watch(SimulationOptions.defaults().withVersions(version));
        OffsetDateTime at = OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        ask(PatroniAvailability.restartAt(session.dashboard(), "patroni2", at));
        assertThat(outcome()).isEqualTo("Restart scheduled");
        await("the schedule", now -> PatroniAvailability.scheduledRestart(now, "patroni2")
                .isPresent());
        assertThat(PatroniAvailability.restartAt(session.dashboard(), "patroni2", at))
                .isInstanceOf(Availability.Impossible.class);

        ask(PatroniAvailability.cancelRestart(session.dashboard(), "patroni2"));
        assertThat(outcome()).isEqualTo("scheduled restart deleted");
        await("no schedule", now -> PatroniAvailability.scheduledRestart(now, "patroni2")
                .isEmpty());
    }

    @Test
    void aRefusalSaysWhoCouldAndWhyEachOtherCannot() throws Exception {
        watch(SimulationOptions.defaults()
                .withTags(Map.of(
                        "patroni2", Map.of("nofailover", "true"),
                        "patroni3", Map.of("nofailover", "true"))));
        ask(PatroniAvailability.switchover(session.dashboard(), Optional.of("patroni2"), Optional.empty()));

        Observation.ActionReported end = end();
        assertThat(end.progress()).isEqualTo(Progress.FAILED);
        assertThat(end.detail()).contains("412").contains("no good candidates have been found");
        assertThat(last(Event.Kind.ACTION_FAILED))
                .contains("patroni2 cannot: it is tagged nofailover")
                .contains("patroni3 cannot: it is tagged nofailover");
    }

    @Test
    void membersRestartOneAfterTheOtherTheLeaderLast() throws Exception {
        watch(SimulationOptions.defaults());
        ask(PatroniAvailability.rollingRestart(session.dashboard(), false));

        assertThat(outcome()).isEqualTo("patroni2, patroni3, patroni1 restarted");
        assertThat(steps())
                .containsSubsequence(
                        "restarting patroni2",
                        "patroni2 restarted successfully; waiting for it to stream again",
                        "restarting patroni3",
                        "patroni3 restarted successfully; waiting for it to stream again",
                        "restarting patroni1",
                        "patroni1 restarted successfully; waiting for it to run as primary again");
    }

    @Test
    void aRollingRestartEndsAtTheFirstThatFails() throws Exception {
        SimulatedCluster cluster = watch(SimulationOptions.defaults());
        Availability availability = PatroniAvailability.rollingRestart(session.dashboard(), false);
        cluster.apply(SimulatedFault.of(SimulatedFault.Kind.KILL, "patroni2"));
        await("the silence", now -> now.member("patroni2").orElseThrow().isSilent());
        ask(availability);

        Observation.ActionReported end = end();
        assertThat(end.progress()).isEqualTo(Progress.FAILED);
        assertThat(end.detail()).contains("patroni2: ").contains("; stopped there, not restarted: patroni3, patroni1");
    }

    @Test
    void maintenanceModeIsTurnedOnAndOff() throws Exception {
        watch(SimulationOptions.defaults());
        ask(PatroniAvailability.maintenance(session.dashboard()));
        assertThat(end().progress()).isEqualTo(Progress.DONE);
        await("the pause", Dashboard::paused);
        ask(PatroniAvailability.maintenance(session.dashboard()));
        await("the end of it", now -> !now.paused());
    }

    @Test
    void aReplicaIsReinitializedAndTheLeaderIsNot() throws Exception {
        watch(SimulationOptions.defaults());
        assertThat(PatroniAvailability.reinitialize(session.dashboard(), "patroni1"))
                .isInstanceOf(Availability.Impossible.class);
        ask(PatroniAvailability.reinitialize(session.dashboard(), "patroni3"));
        assertThat(outcome()).isEqualTo("reinitialize started");
        await(
                "the copying",
                now -> PatroniAvailability.beingCopied(now, "").contains("patroni3")
                        || now.events().stream().anyMatch(event -> event.kind() == Event.Kind.MEMBER_UP));
    }

    @Test
    void allReload() throws Exception {
        watch(SimulationOptions.defaults());
        ask(PatroniAvailability.reloadAll(session.dashboard()));
        assertThat(outcome())
                .isEqualTo("patroni1: reload scheduled; patroni2: reload scheduled; patroni3: reload scheduled");
    }

    @Test
    void aSettingIsChangedUnlessSomebodyChangedItMeanwhile() throws Exception {
        watch(SimulationOptions.defaults());
        DynamicConfig seen = session.dashboard().config().orElseThrow();
        DynamicConfig wanted = Setting.with(seen, "maximum_lag_on_failover", Optional.of(2048L));
        ask(new Availability.Possible(new Action.OnPatroni(new PatroniCommand.ChangeConfig(seen, wanted))));
        assertThat(end().progress()).isEqualTo(Progress.DONE);
        await("the setting", now -> now.config().orElseThrow().maximumLagOnFailover() == 2048);

        DynamicConfig late = Setting.with(seen, "ttl", Optional.of(25L));
        ask(new Availability.Possible(new Action.OnPatroni(new PatroniCommand.ChangeConfig(seen, late))));
        Observation.ActionReported end = end();
        assertThat(end.progress()).isEqualTo(Progress.FAILED);
        assertThat(end.detail())
                .contains("nothing was written: somebody else changed it meanwhile")
                .contains("maximum_lag_on_failover")
                .contains("2048");
        assertThat(session.dashboard().config().orElseThrow().ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    /** A switchover to nobody in particular takes a while; a reload asked for meanwhile does not wait for it. */
    @Test
    void oneOrderHoldsUpNoOther() throws Exception {
        watch(SimulationOptions.defaults().withSpeed(2));
        ask(PatroniAvailability.switchover(session.dashboard(), Optional.of("patroni2"), Optional.empty()));
        ask(PatroniAvailability.reload(session.dashboard(), "patroni3"));

        assertThat(end().action()).isEqualTo(new Action.OnPatroni(new PatroniCommand.Reload(List.of("patroni3"))));
    }

    private SimulatedCluster watch(SimulationOptions options) throws Exception {
        SimulationOptions quick =
                options.speed() == SimulationOptions.defaults().speed() ? options.withSpeed(20) : options;
        SimulatedCluster cluster = SimulatedCluster.start(quick);
        PatroniClient client = new PatroniClient(executor, PatroniClient.Bounds.DEFAULT);
        List<ApiUrl> urls =
                cluster.nodes().stream().map(node -> new ApiUrl(node.rest())).toList();
        PatroniSource source = new PatroniSource(
                client,
                () -> urls,
                session::accept,
                () -> Duration.ofMillis(100),
                CLOCK,
                Executors.newScheduledThreadPool(1));
        DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
        actor = new Actor(
                List.of(
                        new ContainerLever(docker),
                        new ServiceLever(docker),
                        new PatroniCommands(client, client, session::dashboard, this::report, CLOCK)),
                this::report,
                CLOCK,
                Executors.newSingleThreadExecutor());
        opened.addAll(List.of(source, actor, docker, cluster));
        source.start();
        await(
                "a healthy cluster",
                now -> now.config().isPresent()
                        && now.members().size() == 3
                        && now.members().values().stream().allMatch(WatchedMember::answers)
                        && now.leadership().present().isPresent());
        return cluster;
    }

    private void report(Observation observation) {
        session.accept(observation);
        if (observation instanceof Observation.ActionReported reported) {
            reports.add(reported);
        }
    }

    private void ask(Availability availability) {
        assertThat(availability).isInstanceOf(Availability.Possible.class);
        actor.accept(((Availability.Possible) availability).action());
    }

    private String outcome() {
        Observation.ActionReported end = end();
        assertThat(end.progress()).as(end.detail()).isEqualTo(Progress.DONE);
        return end.detail();
    }

    /** The end of an order, each told once. */
    private Observation.ActionReported end() {
        Predicate<Observation.ActionReported> isEnd =
                report -> report.progress() == Progress.DONE || report.progress() == Progress.FAILED;
        List<Observation.ActionReported> all = Awaitility.await("the end")
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> List.copyOf(reports),
                        told -> told.stream().skip(read).anyMatch(isEnd));
        while (!isEnd.test(all.get(read))) {
            read++;
        }
        return all.get(read++);
    }

    private List<String> steps() {
        return List.copyOf(reports).stream()
                .filter(report -> report.progress() == Progress.STEP)
                .map(Observation.ActionReported::detail)
                .toList();
    }

    private String last(Event.Kind kind) {
        return session.dashboard().events().stream()
                .filter(event -> event.kind() == kind)
                .reduce((one, other) -> other)
                .map(Event::text)
                .orElse("");
    }

    private void await(String what, Predicate<Dashboard> wanted) {
        Awaitility.await(what).atMost(BOUND).pollInterval(Duration.ofMillis(10)).until(session::dashboard, wanted);
    }
}
