package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.command.shell.ExitCode;
import io.patop.probe.Dsn;
import io.patop.probe.Numbers;
import io.patop.probe.Outcome;
import io.patop.probe.ProbeSettings;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Observation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run of the probe says at its end, and the exit code that scripts go by. */
class ProbeSummaryTest {

    private static final Server A = new Server("10.0.0.97", 5432, ReducerStory.START);

    private final ReducerStory told = new ReducerStory();
    private long number;

    ProbeSummaryTest() {
        told.tell(new Observation.ProbeStarted(
                told.now(),
                ProbeSettings.of(Dsn.parse("postgresql://app@haproxy:5000/db", Map.of()))
                        .target()));
    }

    @Test
    void nothingLostIsAGoodEndThoughThereWasAnOutage() throws IOException {
        outage();
        verdict(Numbers.NONE);

        assertThat(summary().exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(summary().text())
                .contains("writes       2 acknowledged, 1 refused, 0 unknown\n")
                .contains("outages      1, the longest 0.0 to 4.2 s\n")
                .contains("0.0 to 4.2 s  1 refused, 0 unknown: connection refused\n")
                .contains("verdict      nothing lost: all 2 acknowledged writes are there\n");
        JsonNode json = new JsonMapper().readTree(summary().json());
        assertThat(json.get("longest_outage_seconds").asDouble()).isEqualTo(4.2);
        assertThat(json.get("outages")).hasSize(1);
        assertThat(json.get("verified").asBoolean()).isTrue();
        assertThat(json.get("lost")).isEmpty();
    }

    @Test
    void aLossIsToldByNumber() throws IOException {
        outage();
        verdict(Numbers.of(4, 5, 6, 9));

        assertThat(summary().exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(summary().text()).contains("verdict      LOST: 4 writes (4-6, 9) acknowledged and gone\n");
        assertThat(new JsonMapper().readTree(summary().json()).get("lost").toString())
                .isEqualTo("[[4,6],[9,9]]");
    }

    @Test
    void whatCouldNotBeReadBackIsNoGoodEnd() {
        outage();

        assertThat(summary().exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(summary().text()).contains("could not be read back");
    }

    @Test
    void whereNothingWasEverAcknowledgedTheDatabaseWasOutOfReach() {
        write(Outcome.REFUSED);

        assertThat(summary().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    private ProbeSummary summary() {
        return new ProbeSummary(told.dashboard().probe().orElseThrow(), told.now());
    }

    private void outage() {
        write(Outcome.ACKNOWLEDGED);
        told.seconds(0.2);
        write(Outcome.REFUSED);
        told.seconds(4);
        write(Outcome.ACKNOWLEDGED);
    }

    private void verdict(Numbers lost) {
        told.tell(new Observation.ProbeVerified(
                told.now(),
                new Verdict(
                        told.now(),
                        Optional.of(A),
                        2,
                        lost,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        true)));
    }

    private void write(Outcome outcome) {
        number++;
        told.tell(new Observation.ProbeWrote(
                told.now(),
                List.of(new Write(
                        number,
                        told.now(),
                        told.now(),
                        outcome,
                        outcome == Outcome.ACKNOWLEDGED ? "" : "connection refused",
                        Optional.of(A)))));
    }
}
