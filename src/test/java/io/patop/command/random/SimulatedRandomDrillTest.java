package io.patop.command.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomDrillReport.Shrunk;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.RandomRun.Ending;
import io.patop.drill.random.RandomSchedule;
import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.history.Anomaly;
import io.patop.sim.core.SeededMistake;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.core.SimulationOptions.Synchronous;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedRandomDrillTest {

    private static final Duration LENGTH = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final FaultSchedule NOTHING = new FaultSchedule(List.of());

    private static SimulationOptions strict(long seed) {
        return SimulationOptions.defaults().withSeed(seed).withSynchronous(Synchronous.STRICT);
    }

    private static SimulatedRandomDrill drill(SimulationOptions options) {
        return new SimulatedRandomDrill(options, 4, PATIENCE, elapsed -> true);
    }

    private static FaultSchedule random(long seed, boolean brutal) {
        return RandomSchedule.of(seed, LENGTH, List.of("patroni1", "patroni2", "patroni3"), Kind.simulated(), brutal);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "4, true", "5, true", "6, true"})
    void aHealthyStrictlySynchronousClusterKeepsItsPromise(long seed, boolean brutal) throws SimulationException {
        RandomRun run = drill(strict(seed)).run(random(seed, brutal), LENGTH);

        assertThat(run.check().anomalies()).isEmpty();
        assertThat(run.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(run.history().size()).isGreaterThan(500);
    }

    /** The seeds are those of random schedules that bring each mistake to light. */
    @ParameterizedTest
    @CsvSource({"NO_FSYNC, 4", "LYING_SYNC, 4", "STALE_LEADER, 5", "STALE_PROXY, 2", "PROMOTED_BEHIND, 80"})
    void eachMistakeIsFoundAndShrunkToAtMostThreeFaults(SeededMistake mistake, long seed) throws SimulationException {
        SimulatedRandomDrill drill = drill(strict(seed).withMistake(mistake));

        RandomRun run = drill.run(random(seed, false), LENGTH);
        Shrunk shrunk = new Shrinking(drill).shrink(run.schedule()).orElseThrow();

        assertThat(run.check().violations()).isNotEmpty();
        assertThat(shrunk.run().schedule().faults()).hasSizeBetween(1, 3);
        assertThat(shrunk.run().check().violations().get(0).proof()).hasSizeBetween(2, 5);
    }

    @Test
    void theSameScheduleAndSeedGiveTheSameRun() throws SimulationException {
        FaultSchedule schedule = FaultSchedule.parse("5s kill patroni1\n15s start patroni1");

        RandomRun one = drill(strict(7)).run(schedule, Duration.ofSeconds(30));
        RandomRun other = drill(strict(7)).run(FaultSchedule.parse(schedule.script()), Duration.ofSeconds(30));

        assertThat(other.history().size()).isEqualTo(one.history().size());
        for (int at = 0; at < one.history().size(); at++) {
            assertThat(other.history().get(at)).isEqualTo(one.history().get(at));
        }
    }

    @Test
    void whatAnAsynchronousClusterMayLoseIsAFinding() throws SimulationException {
        SimulationOptions asynchronous = SimulationOptions.defaults().withMaximumLagOnFailover(1L << 30);
        FaultSchedule schedule = FaultSchedule.parse("5s disk-slow patroni2\n5s disk-slow patroni3\n"
                + "40s kill patroni1\n100s heal patroni2\n100s heal patroni3\n100s start patroni1");

        RandomRun run = drill(asynchronous).run(schedule, Duration.ofMinutes(2));

        assertThat(run.check().totals()).containsKey(Anomaly.Kind.LOST);
        assertThat(run.check().violations()).isEmpty();
        assertThat(run.isGood()).isTrue();
    }

    @Test
    void aRunThatIsCutShortIsCheckedAsFarAsItCame() throws SimulationException {
        SimulatedRandomDrill cut = new SimulatedRandomDrill(
                strict(1), 2, PATIENCE, elapsed -> elapsed.compareTo(Duration.ofSeconds(20)) < 0);

        RandomRun run = cut.run(FaultSchedule.parse("5s switchover\n50s kill patroni1"), LENGTH);

        assertThat(run.ending()).isEqualTo(Ending.CUT_SHORT);
        assertThat(run.schedule().faults()).hasSize(1);
        assertThat(run.history().size()).isPositive();
    }

    @Test
    void aClusterThatDoesNotRecoverEndsTheRunWithTheScheduleSoFar() throws SimulationException {
        SimulatedRandomDrill impatient =
                new SimulatedRandomDrill(strict(1), 4, Duration.ofSeconds(30), elapsed -> true);

        RandomRun run =
                impatient.run(FaultSchedule.parse("5s dcs-stop\n90s dcs-up\n95s switchover"), Duration.ofMinutes(2));

        assertThat(run.ending()).isEqualTo(Ending.NOT_RECOVERED);
        assertThat(run.isGood()).isFalse();
        assertThat(run.schedule().faults()).hasSize(1);
    }

    @Test
    void stepsThatAreNotPossibleAreLeftOutAndTold() throws SimulationException {
        RandomRun run = drill(strict(1))
                .run(FaultSchedule.parse("5s dcs-stop\n6s switchover\n7s dcs-up"), Duration.ofSeconds(20));

        assertThat(run.leftOut()).containsExactly("6s switchover: the DCS is down");
        assertThat(run.isGood()).isTrue();
    }

    @Test
    void aMemberThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> drill(strict(1)).run(FaultSchedule.parse("5s kill patroni9"), LENGTH))
                .hasMessage("no member 'patroni9' (kill patroni9); there are: patroni1, patroni2, patroni3");
    }

    @Test
    void withoutFaultsNothingIsRefused() throws SimulationException {
        RandomRun run = drill(strict(1)).run(NOTHING, Duration.ofSeconds(20));

        assertThat(run.check().anomalies()).isEmpty();
        for (int at = 0; at < run.history().size(); at++) {
            assertThat(run.history().get(at).isAcknowledged()).isTrue();
        }
    }
}
