package io.patop.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.cluster.DynamicConfig;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that are broken together and undone together. */
class FaultCombinationTest {

    /** Causes whatever it is asked for; how each is undone it tells by its name. */
    private static final FaultInjector INJECTOR = new FaultInjector() {
        @Override
        public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
            return new Availability.Possible(new Action.Inject(
                    fault.word(),
                    new Action.Inject.Place("c", target.orElse("etcd"), Optional.empty(), 1, List.of()),
                    target,
                    "cause " + fault.word()));
        }

        @Override
        public Optional<Action> undo(Action injected) {
            String fault = ((Action.Inject) injected).fault();
            return Optional.of(new Action.Mend(fault, Optional.empty(), "undo " + fault));
        }

        @Override
        public List<Action> mending(Optional<String> member) {
            return List.of();
        }

        @Override
        public List<Lever<?>> levers() {
            return List.of();
        }
    };

    @Test
    void whatIsOfferedTogetherIsWhatCanBeCombined() {
        for (Fault one : Fault.values()) {
            boolean any = false;
            for (Fault other : Fault.values()) {
                boolean goes = FaultCombination.goesWith(List.of(one), other);
                any |= goes;
                if (goes) {
                    assertThat(new FaultCombination(List.of(one, other)).parts())
                            .containsExactly(one, other);
                } else {
                    assertThatThrownBy(() -> new FaultCombination(List.of(one, other)))
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
            assertThat(FaultCombination.goesWith(List.of(), one)).as(one.word()).isEqualTo(any);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partition+dcs-slow",
                "kill+dcs-slow",
                "stop+proxy-freeze",
                "freeze+loss",
                "partition-dcs+partition-members",
                "crash+dcs-freeze+proxy-stop"
            })
    void isKnownByItsNames(String word) {
        PlannedFault fault = PlannedFault.named(word);
        assertThat(fault.word()).isEqualTo(word);
        assertThat(fault.parts()).hasSize(word.split("\\+").length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partition+partition | it is the same fault twice",
                "kill+dcs-slow+kill | it is the same fault twice",
                "stop+freeze | they break the same thing in two ways",
                "dcs-stop+dcs-slow | they break the same thing in two ways",
                "postgres-hang+postgres-kill | they break the same thing in two ways",
                "loss+partition | a partition cuts off all of it already",
                "kill+partition | a member that is gone has nothing in it to break",
                "memory+stop | a member that is gone has nothing in it to break",
                "switchover+dcs-slow | switchover and restart are commands to Patroni, and no faults that last"
            })
    void whatContradictsItselfIsRefusedInOneLine(String word, String why) {
        assertThatThrownBy(() -> PlannedFault.named(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" cannot be combined: " + why)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition+", "+kill", "kill+explode", "explode"})
    void anUnknownPartIsNamed(String word) {
        assertThatThrownBy(() -> PlannedFault.named(word)).hasMessageStartingWith("no fault \"");
    }

    @Test
    void allAreBrokenBeforeAnythingIsAwaitedAndAllAreUndone() {
        DrillStory story = story("partition+dcs-slow");

        assertThat(story.settled()).isEqualTo("cause partition");
        story.accepted();
        assertThat(story.sees()).isEqualTo("cause dcs-slow");
        story.accepted();
        assertThat(story.sees()).isEmpty();
        assertThat(story.drill.progress().undo()).containsExactly("patop mend dcs-slow", "patop mend partition");
        story.failsOverToB();
        assertThat(story.sees()).isEqualTo("undo dcs-slow");
        story.accepted();
        assertThat(story.sees()).isEqualTo("undo partition");
        story.accepted();
        story.aIsBack();
        story.acknowledged().verified().sees();

        assertThat(story.drill.isOver()).isTrue();
        DrillRun run = story.drill.runs().get(0);
        assertThat(run.troubles()).isEmpty();
        assertThat(RunLine.of(run))
                .startsWith("run 1: leader a cut off from everything and with a slow DCS: outage ")
                .endsWith("b leads");
        assertThat(story.drill.plan().text()).isEqualTo("partition + dcs-slow: the leader");
    }

    /** HAProxy, say, that is frozen meanwhile costs more than its settings, and no advice about these is true. */
    @Test
    void noSettingIsCalledTheCauseOfWhatSeveralFaultsDo() {
        assertThat(billed("kill")).isPresent();
        assertThat(billed("kill+proxy-freeze")).isEmpty();
    }

    private static DrillStory story(String faults) {
        return new DrillStory(
                DrillPlan.of(List.of(PlannedFault.named(faults)), new Target.Leader(), 1, Objectives.DEFAULT),
                INJECTOR);
    }

    private static Optional<?> billed(String faults) {
        DrillStory story = story(faults);
        story.told.tell(new Observation.ConfigAnswered(
                story.now(), URI.create("http://a:8008"), new DynamicConfig(Map.of("ttl", 30))));
        for (String order = story.settled(); !order.isEmpty(); order = story.sees()) {
            story.accepted();
        }
        story.failsOverToB();
        for (String order = story.quiet(41).sees(); !order.isEmpty(); order = story.sees()) {
            story.accepted();
        }
        story.aIsBack().verified().sees();
        return story.drill.runs().get(0).bill();
    }

    @Test
    void aFrozenMemberIsFrozenLastAndThawedFirst() {
        DrillStory story = story("freeze+loss");

        assertThat(story.settled()).isEqualTo("cause loss");
        story.accepted();
        assertThat(story.sees()).startsWith("freeze container patroni_a");
        story.accepted().failsOverToB();
        assertThat(story.sees()).startsWith("thaw container patroni_a");
        story.accepted();
        assertThat(story.sees()).isEqualTo("undo loss");
    }

    @Test
    void whatWasBegunIsUndoneIfTheRestIsRefused() {
        DrillStory story = story("partition+dcs-slow");
        story.settled();
        story.accepted().sees();
        story.refusedBy("no nft");
        assertThat(story.sees()).isEqualTo("undo dcs-slow");
        story.accepted();
        assertThat(story.sees()).isEqualTo("undo partition");
        story.accepted().sees();
        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.abandoned()).contains("could not cause dcs-slow: no nft");
    }

    @Test
    void oneThatCannotBeUndoneYetDoesNotKeepTheOtherBroken() {
        DrillStory story = story("partition+dcs-slow");
        story.settled();
        story.accepted().sees();
        story.accepted().sees();
        story.failsOverToB();
        assertThat(story.sees()).isEqualTo("undo dcs-slow");
        story.refusedBy("the engine is busy");
        story.seconds(3);
        assertThat(story.sees()).isEqualTo("undo partition");
        story.accepted();
        assertThat(story.sees()).isEqualTo("undo dcs-slow");
    }

    @Test
    void withoutTheMeansForOnePartThereIsNoDrill() {
        DrillStory story = new DrillStory(
                DrillPlan.of(List.of(PlannedFault.named("kill+dcs-slow")), new Target.Leader(), 1, Objectives.DEFAULT));
        assertThat(story.settled()).isEmpty();
        assertThat(story.drill.progress().detail()).startsWith("dcs-slow: ");
    }
}
