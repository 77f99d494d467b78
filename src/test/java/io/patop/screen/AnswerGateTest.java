package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.screen.view.Dialog;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which answers count, by a clock of the test's own. */
class AnswerGateTest {

    private static final Duration LEAST = Duration.ofMillis(300);

    private final AnswerGate gate = new AnswerGate();
    private final Dialog question = question();

    @Test
    void anAnswerCountsOnceItsQuestionHasStoodForAWhile() {
        gate.drawn(Optional.of(question), at(1000));
        assertThat(gate.takes(question, at(1299))).isFalse();
        assertThat(gate.takes(question, at(1300))).isTrue();
        assertThat(gate.opensIn(at(1100))).contains(LEAST.minusMillis(100));
        assertThat(gate.opensIn(at(1300))).isEmpty();
    }

    @Test
    void aKeyThatWasTypedBeforeTheFrameAnswersNothingHoweverLateItIsRead() {
        gate.drawn(Optional.of(question), at(5000));
        assertThat(gate.takes(question, at(1000))).isFalse();
    }

    @Test
    void laterFramesOfTheSameQuestionDoNotPutItOff() {
        gate.drawn(Optional.of(question), at(1000));
        gate.drawn(Optional.of(question), at(1250));
        assertThat(gate.takes(question, at(1300))).isTrue();
    }

    @Test
    void whatNoFrameHasShownIsNotAnswered() {
        assertThat(gate.takes(question, at(9000))).isFalse();
        gate.drawn(Optional.empty(), at(1000));
        assertThat(gate.takes(question, at(9000))).isFalse();
        assertThat(gate.opensIn(at(9000))).isEmpty();
    }

    @Test
    void theSameQuestionAskedAgainIsReadAgain() {
        gate.drawn(Optional.of(question), at(1000));
        Dialog again = question();
        assertThat(again).isEqualTo(question);
        assertThat(gate.takes(again, at(2000))).isFalse();
        gate.drawn(Optional.of(again), at(2000));
        assertThat(gate.takes(again, at(2200))).isFalse();
        assertThat(gate.takes(again, at(2300))).isTrue();
    }

    private static Dialog question() {
        return Questions.about(
                new Action.ScaleService("s", 0, Optional.of("b")),
                ReducerStory.healthy().dashboard());
    }

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
