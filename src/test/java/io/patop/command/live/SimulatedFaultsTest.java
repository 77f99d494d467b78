package io.patop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.command.ScriptEvents;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The demo's own faults, from the menu and from a script. */
class SimulatedFaultsTest {

    @Test
    void eachFaultThatIsOfferedCanBeDone() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            SimulatedFaults faults = new SimulatedFaults(cluster);
            assertThat(faults.faults(Optional.of("patroni2"))).hasSize(8).allSatisfy(fault -> assertThat(
                            faults.pull(fault, step -> {}).join().value())
                    .as(fault.words())
                    .isPresent());
        }
    }

    @Test
    void withoutAMemberOnlyTheDcsCanBeTakenAway() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            assertThat(new SimulatedFaults(cluster).faults(Optional.empty()))
                    .extracting(Action::words)
                    .containsExactly("take the DCS away", "bring the DCS back");
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            Answer<String> answer = new SimulatedFaults(cluster)
                    .pull(new Action.Simulate("slow", Optional.of("patroni9"), "slow down patroni9", true), step -> {})
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
