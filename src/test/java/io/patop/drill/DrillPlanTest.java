package io.patop.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.control.FaultInjector;
import io.patop.control.journal.MemoryJournal;
import io.patop.control.place.KubernetesPods;
import io.patop.control.place.ProgramFaults;
import io.patop.control.place.Programs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which runs a plan makes, and which plans are none. */
class DrillPlanTest {

    private static final List<String> MEMBERS = List.of("b", "a");

    @Test
    void faultsAreDoneInTheirOrderAndRepeatedTogether() {
        DrillPlan plan = DrillPlan.of(List.of(Fault.STOP, Fault.KILL), new Target.Leader(), 2, Objectives.DEFAULT);

        assertThat(plan.turns(MEMBERS))
                .extracting(DrillPlan.Turn::fault)
                .containsExactly(Fault.STOP, Fault.KILL, Fault.STOP, Fault.KILL);
        assertThat(plan.turns(MEMBERS)).extracting(DrillPlan.Turn::number).containsExactly(1, 2, 3, 4);
        assertThat(plan.text()).isEqualTo("stop, kill: the leader, 2 times");
    }

    /** Where whatever runs the members starts a killed one again, nobody is promised that it stays down. */
    @Test
    void aKillIsACrashWhereNothingKeepsAMemberDown() {
        DrillPlan plan = DrillPlan.of(List.of(Fault.STOP, Fault.KILL), new Target.Leader(), 2, Objectives.DEFAULT);
        FaultInjector pods = new ProgramFaults(
                "k8s",
                new KubernetesPods("prod", "a=b", "postgres", Optional.empty(), "kubectl"),
                Map.of(),
                new MemoryJournal(),
                (command, longest) -> new Programs.NotStarted("not here"),
                Clock.systemUTC());

        assertThat(plan.with(pods).text()).isEqualTo("stop, crash: the leader, 2 times");
        assertThat(plan.with(FaultInjector.NONE)).isEqualTo(plan);
    }

    @Test
    void eachInTurnIsEachByName() {
        DrillPlan plan = DrillPlan.of(List.of(Fault.STOP), new Target.EachInTurn(), 1, Objectives.DEFAULT);

        assertThat(plan.turns(MEMBERS))
                .extracting(DrillPlan.Turn::target)
                .containsExactly(new Target.Named("a"), new Target.Named("b"));
    }

    @Test
    void wordsOfTargetsAndFaults() {
        assertThat(Target.of("leader")).isEqualTo(new Target.Leader());
        assertThat(Target.of("sync")).isEqualTo(new Target.SyncStandby());
        assertThat(Target.of("each")).isEqualTo(new Target.EachInTurn());
        assertThat(Target.of("patroni1")).isEqualTo(new Target.Named("patroni1"));
        assertThat(Fault.named("scale")).contains(Fault.STOP);
        assertThat(Fault.named("Kill")).contains(Fault.KILL);
        assertThat(Fault.named("explode")).isEmpty();
    }

    @Test
    void aPlanOfNothingIsNone() {
        assertThatThrownBy(() -> DrillPlan.of(List.of(), new Target.Leader(), 1, Objectives.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DrillPlan.of(List.of(Fault.KILL), new Target.Leader(), 0, Objectives.DEFAULT))
                .hasMessageContaining("1 to 1000 times, not 0");
        assertThatThrownBy(() -> new Objectives(Optional.of(Duration.ofSeconds(-1)), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statisticsOfSomeAndOfNone() {
        assertThat(Statistics.of(List.of())).isEmpty();
        assertThat(Statistics.of(List.of(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(8))))
                .contains(new Statistics(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(8)));
        assertThat(Statistics.of(List.of(Duration.ofSeconds(3), Duration.ofSeconds(1))))
                .contains(new Statistics(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    }
}
