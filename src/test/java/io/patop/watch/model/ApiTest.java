package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.ReducerStory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** For how long an answer is news: some seconds, or longer where a node is asked seldom. */
class ApiTest {

    @Test
    void anAnswerIsOldSomeSecondsAfterIt() {
        ReducerStory told =
                new ReducerStory().cluster(ReducerStory.leader("a", 1)).primary("a", 1);

        assertThat(isOld(told, 6)).isFalse();
        assertThat(isOld(told, 7)).isTrue();
    }

    @Test
    void aNodeThatIsAskedSeldomIsNotOldBetweenItsAnswers() {
        ReducerStory told = new ReducerStory()
                .cluster(ReducerStory.leader("a", 1))
                .primary("a", 1)
                .seconds(20)
                .primary("a", 1);

        assertThat(isOld(told, 60)).isFalse();
        assertThat(isOld(told, 61)).isTrue();
    }

    @Test
    void afterTwoMinutesAllIsOld() {
        ReducerStory told = new ReducerStory()
                .cluster(ReducerStory.leader("a", 1))
                .primary("a", 1)
                .seconds(3600)
                .primary("a", 1);

        assertThat(isOld(told, 120)).isFalse();
        assertThat(isOld(told, 121)).isTrue();
    }

    private static boolean isOld(ReducerStory told, int seconds) {
        WatchedMember member = told.dashboard().member("a").orElseThrow();
        Instant last = ((Api.Answering) member.api()).at();
        return member.isOld(last.plus(Duration.ofSeconds(seconds)));
    }
}
