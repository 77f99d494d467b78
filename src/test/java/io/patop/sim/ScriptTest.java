package io.patop.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts: what they may say, and one clear line on what they may not. */
class ScriptTest {

    @Test
    void readsTimesFaultsAndComments() throws Exception {
        Script script = Script.parse("# a talk\n1m30s start patroni3  # back\n\n5s stop leader\n500ms DCS-DOWN\n");
        assertThat(script.steps())
                .containsExactly(
                        new Script.Step(
                                Duration.ofMillis(500),
                                new SimulatedFault(SimulatedFault.Kind.DCS_DOWN, Optional.empty())),
                        new Script.Step(Duration.ofSeconds(5), SimulatedFault.of(SimulatedFault.Kind.STOP, "leader")),
                        new Script.Step(
                                Duration.ofSeconds(90), SimulatedFault.of(SimulatedFault.Kind.START, "patroni3")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            5s explode leader  | line 1: unknown fault 'explode'; known: stop, start, kill
            soon stop leader   | line 1: bad time 'soon'; write it as 5s, 1m30s or 500ms
            5 stop leader      | line 1: bad time '5'; write it as
            5s                 | line 1: a time, and no fault after it
            5s stop            | line 1: 'stop' needs a member: a name, leader, replica or sync
            5s dcs-down now    | line 1: too many words after 'dcs-down': 'now'
            5s stop a b        | line 1: too many words after 'stop': 'b'
            """)
    void saysInOneLineWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Script.parse(text))
                .isInstanceOf(SimulationException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "dcs-stop, DCS_DOWN",
        "dcs-freeze, DCS_FREEZE",
        "proxy-stop, PROXY_STOP",
        "proxy-freeze, PROXY_FREEZE",
        "proxy-up, PROXY_UP"
    })
    void knowsTheNamesOfBreakForTheCluster(String word, SimulatedFault.Kind kind) throws Exception {
        assertThat(SimulatedFault.parse(word)).isEqualTo(SimulatedFault.of(kind));
    }

    @ParameterizedTest
    @CsvSource({"disk-slow, SLOW", "postgres-kill, CRASH", "partition-dcs, PARTITION_DCS"})
    void knowsTheNamesOfBreakForAMember(String word, SimulatedFault.Kind kind) throws Exception {
        assertThat(SimulatedFault.parse(word + " leader")).isEqualTo(SimulatedFault.of(kind, "leader"));
    }

    @Test
    void whatCannotBeSimulatedIsRefusedWithTheNamesOfWhatCan() {
        assertThatThrownBy(() -> Script.parse("5s loss leader"))
                .hasMessageStartingWith("line 1: unknown fault 'loss'; known: stop, ")
                .hasMessageContainingAll("dcs-freeze", "proxy-up", "partition-members");
    }

    @Test
    void countsTheLinesOfTheFile() {
        assertThatThrownBy(() -> Script.parse("5s stop leader\n\n# all well so far\n6s bang leader\n"))
                .hasMessageStartingWith("line 4: unknown fault 'bang'");
    }

    @Test
    void longWordsAreShortened() {
        assertThatThrownBy(() -> Script.parse("5s " + "x".repeat(10_000)))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void anUnknownScenarioNamesThoseThereAre() {
        assertThatThrownBy(() -> Script.scenario("doom"))
                .hasMessage("no scenario 'doom'; there are: failover, sigkill, switchover, partition, dcs-outage,"
                        + " lost-write");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Script.read(java.nio.file.Path.of("no-such-script.txt")))
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("no-such-script.txt");
    }
}
