package io.patop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.command.ScriptEvents;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.docker.EngineView;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.ReducerStory;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The demo's own faults, from the menu and from a script. */
class SimulatedFaultsTest {

    @Test
    void eachFaultThatIsOfferedCanBeDoneAndUndone() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
                DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
                SimulatedFaults faults = new SimulatedFaults(cluster)) {
            for (InjectedFault fault : InjectedFault.values()) {
                Optional<Action> offered =
                        faults.offer(fault, target(fault), seen(docker)).offer();
                if (offered.isPresent()) {
                    assertThat(answer(faults, offered.get())).as(fault.word()).isPresent();
                    assertThat(answer(faults, faults.undo(offered.get()).orElseThrow()))
                            .as("undo " + fault.word())
                            .isPresent();
                }
            }
        }
    }

    @Test
    void onlyWhatIsBrokenIsOfferedToBeHealed() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
                SimulatedFaults faults = new SimulatedFaults(cluster)) {
            assertThat(faults.mending(Optional.of("patroni2"))).isEmpty();
            cluster.apply(SimulatedFault.of(SimulatedFault.Kind.PARTITION_DCS, "patroni2"));
            assertThat(faults.mending(Optional.of("patroni2")))
                    .extracting(Action::text)
                    .containsExactly("heal patroni2");
            assertThat(faults.mending(Optional.of("patroni3"))).isEmpty();
            cluster.apply(SimulatedFault.of(SimulatedFault.Kind.HEAL, "patroni2"));
            assertThat(faults.mending(Optional.of("patroni2"))).isEmpty();
        }
    }

    @Test
    void theSimulatorSaysWhichFaultsItDoesNotKnow() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
                DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
                SimulatedFaults faults = new SimulatedFaults(cluster)) {
            Dashboard dashboard = seen(docker);
            assertThat(InjectedFault.values())
                    .filteredOn(fault ->
                            faults.offer(fault, target(fault), dashboard).isPossible())
                    .extracting(InjectedFault::word)
                    .containsExactly(
                            "partition",
                            "partition-dcs",
                            "partition-members",
                            "postgres-kill",
                            "disk-slow",
                            "dcs-stop",
                            "dcs-freeze",
                            "proxy-stop",
                            "proxy-freeze");
            assertThat(faults.offer(InjectedFault.MEMORY, Optional.of("patroni1"), dashboard)
                            .hindrance())
                    .contains("the simulator does not know it; a real cluster does");
        }
    }

    private static Optional<String> target(InjectedFault fault) {
        return fault.on() == InjectedFault.On.MEMBER ? Optional.of("patroni2") : Optional.empty();
    }

    private static Optional<String> answer(FaultInjector faults, Action action) {
        return faults.levers().stream()
                .filter(lever -> lever.takes().isInstance(action))
                .findFirst()
                .orElseThrow()
                .perform(action, step -> {})
                .join()
                .value();
    }

    /** What is known once Docker has been asked, and the cluster has been: its members are needed for the DCS's place. */
    private static Dashboard seen(DockerClient docker) {
        EngineView view = docker.view().value().orElseThrow();
        ReducerStory told = new ReducerStory()
                .cluster(
                        "{\"name\":\"patroni1\",\"role\":\"leader\",\"state\":\"running\",\"timeline\":1}",
                        "{\"name\":\"patroni2\",\"role\":\"replica\",\"state\":\"running\",\"timeline\":1,\"lag\":0}");
        return told.docker(view).dashboard();
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            Answer<String> answer = new SimulatedFaults(cluster)
                    .carryOut(
                            new Action.Simulate("slow", Optional.of("patroni9"), "slow down patroni9", true),
                            step -> {})
                    .join();
            assertThat(answer.failure().orElseThrow().message()).contains("patroni9");
        }
    }

    @Test
    void theStepsOfAScriptAreEvents() {
        Session session = new Session();
        ScriptEvents events = new ScriptEvents(session, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        events.done(SimulatedFault.of(SimulatedFault.Kind.STOP, "leader"));
        events.failed(SimulatedFault.of(SimulatedFault.Kind.STOP, "sync"), "there is no sync now");

        assertThat(session.dashboard().events())
                .extracting(Event::text)
                .containsExactly(
                        "done: play \"stop leader\" of the script",
                        "failed to play \"stop sync\" of the script: there is no sync now");
    }
}
