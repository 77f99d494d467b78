package io.patop.drill.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.drill.random.ScheduledFault.Place;
import io.patop.sim.Script;
import io.patop.sim.core.SimulationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScheduleTest {

    private static final List<String> MEMBERS = List.of("patroni1", "patroni2", "patroni3");
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private static FaultSchedule random(long seed, boolean brutal) {
        return RandomSchedule.of(seed, LENGTH, MEMBERS, Kind.simulated(), brutal);
    }

    @Test
    void aScriptHasALineForEachFaultAndItsUndoing() {
        FaultSchedule schedule = FaultSchedule.parse("1m5.5s kill patroni1\n\n# then\n70s switchover # of the leader\n"
                + "71s proxy-stop\n72s proxy-up\n1m30s start patroni1\n");

        assertThat(schedule.script())
                .isEqualTo("65.5s kill patroni1\n70s switchover\n71s proxy-stop\n72s proxy-up\n90s start patroni1\n");
        assertThat(schedule.end()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void whatIsNotUndoneLastsUntilTheLastLine() {
        FaultSchedule schedule = FaultSchedule.parse("5s freeze patroni2\n9s switchover");

        assertThat(schedule.script()).isEqualTo("5s freeze patroni2\n9s thaw patroni2\n9s switchover\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kill patroni1 | line 1: a line is TIME FAULT [MEMBER], such as 5s kill patroni1",
                "5s kill | line 1: 'kill' needs a member",
                "5s dcs-stop etcd | line 1: 'dcs-stop' takes no member: etcd",
                "5s start patroni1 | line 1: 'start patroni1' is no fault, and undoes none of the lines above",
                "5s kil patroni1 | line 1: 'kil patroni1' is no fault, and undoes none of the lines above"
            })
    void aWrongLineIsNamed(String script, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultSchedule.parse(script))
                .withMessageStartingWith(message);
    }

    @Test
    void aPlaceIsNotBrokenTwiceAndTimesAscend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultSchedule.parse("5s kill patroni1\n6s freeze patroni1"))
                .withMessage("line 2: 'freeze patroni1': what is broken there is not undone yet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultSchedule.parse("5s kill patroni1\n4s start patroni1"))
                .withMessage("line 2: its time is before that of the line above");
    }

    @Property(tries = 200)
    void aRandomScheduleCanBeReadBackAndPlayedOnTheDemo(@ForAll long seed, @ForAll boolean brutal)
            throws SimulationException {
        FaultSchedule schedule = random(seed, brutal);

        assertThat(FaultSchedule.parse(schedule.script())).isEqualTo(schedule);
        assertThat(Script.parse(schedule.script()).steps()).hasSameSizeAs(schedule.steps());
        assertThat(random(seed, brutal)).isEqualTo(schedule);
    }

    @Property(tries = 200)
    void aRandomScheduleLeavesEnough(@ForAll long seed, @ForAll boolean brutal) {
        FaultSchedule schedule = random(seed, brutal);

        assertThat(schedule.faults()).isNotEmpty();
        assertThat(schedule.end()).isLessThanOrEqualTo(LENGTH);
        if (!brutal) {
            assertThat(schedule.isBrutal()).isFalse();
        }
        for (ScheduledFault fault : schedule.faults()) {
            List<ScheduledFault> meanwhile = schedule.faults().stream()
                    .filter(other ->
                            other.at().compareTo(fault.at()) <= 0 && other.end().compareTo(fault.at()) >= 0)
                    .toList();
            Set<String> hit =
                    meanwhile.stream().flatMap(other -> other.member().stream()).collect(Collectors.toSet());
            assertThat(hit).hasSizeLessThan(MEMBERS.size());
            assertThat(meanwhile.stream().filter(other -> other.isOfSamePlace(fault)))
                    .hasSize(1);
        }
    }

    @Property(tries = 100)
    void shrinkingKeepsExactlyWhatIsNeeded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int needed) {
        FaultSchedule schedule = random(seed, true);
        List<ScheduledFault> all = new ArrayList<>(schedule.faults());
        Collections.shuffle(all, new Random(seed));
        Set<String> guilty =
                all.stream().limit(needed).map(FaultScheduleTest::what).collect(Collectors.toSet());

        FaultSchedule shrunk = new ScheduleShrinker(
                        tried -> tried.faults().stream()
                                .map(FaultScheduleTest::what)
                                .collect(Collectors.toSet())
                                .containsAll(guilty),
                        1000)
                .shrink(schedule);

        assertThat(shrunk.faults().stream().map(FaultScheduleTest::what).collect(Collectors.toSet()))
                .isEqualTo(guilty);
        assertThat(shrunk.faults().get(0).at())
                .isLessThanOrEqualTo(schedule.faults().get(0).at());
    }

    /** Returns what a fault is, apart from when it begins: shrinking moves the faults together. */
    private static String what(ScheduledFault fault) {
        return fault.text() + " for " + fault.lasts();
    }

    @Test
    void shrinkingEndsWhenItsTriesAreUsedUp() {
        int[] tries = {0};

        FaultSchedule shrunk = new ScheduleShrinker(
                        tried -> {
                            tries[0] += 1;
                            return false;
                        },
                        7)
                .shrink(random(3, true));

        assertThat(tries[0]).isEqualTo(7);
        assertThat(shrunk).isEqualTo(random(3, true));
    }

    @Test
    void whereNothingIsPossibleNothingIsBroken() {
        assertThat(RandomSchedule.of(1, LENGTH, MEMBERS, EnumSet.of(Kind.DCS_STOP), false)
                        .faults())
                .isEmpty();
        assertThat(RandomSchedule.of(1, LENGTH, MEMBERS, EnumSet.of(Kind.DCS_STOP), true)
                        .faults())
                .allMatch(fault -> fault.kind().place() == Place.DCS)
                .isNotEmpty();
    }
}
