package io.patop.watch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.DynamicConfig;
import io.patop.text.DurationText;
import io.patop.watch.ReducerStory;
import io.patop.watch.forecast.Forecast;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakeoverRulesTest {

    private static final String NOFAILOVER = ",\"tags\":{\"nofailover\":true}";

    private final ReducerStory told = ReducerStory.healthy();

    @Test
    void whenNobodyCanTakeOverThatIsToldOnceAndSoIsItsEnd() {
        tagged().seconds(2);
        tagged();
        assertThat(told.kinds()).isEmpty();

        told.seconds(2);
        tagged().seconds(1);
        tagged();
        assertThat(told.kinds()).containsExactly(Event.Kind.NOBODY_CAN_TAKE_OVER);
        assertThat(told.dashboard().events()).last().satisfies(event -> {
            assertThat(event.at()).isEqualTo(ReducerStory.START);
            assertThat(event.text())
                    .isEqualTo("nobody could take over from the leader: b cannot: it is tagged nofailover, c cannot: it"
                            + " is tagged nofailover");
        });

        told.primary("a", 1, "b", "c").standby("b", 1).standby("c", 1).seconds(1);
        told.cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
        assertThat(told.kinds()).containsExactly(Event.Kind.NOBODY_CAN_TAKE_OVER, Event.Kind.TAKEOVER_POSSIBLE);
        assertThat(told.dashboard().events().get(1).took().map(DurationText::text))
                .as("until this answer or the one before")
                .contains("4.9 to 6.0 s");
    }

    @Test
    void aMomentWithoutASuccessorIsNoEvent() {
        tagged().seconds(2);
        told.cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0))
                .seconds(5);
        tagged();

        assertThat(told.kinds()).isEmpty();
    }

    @Test
    void theForecastSaysWhatIsNotKnown() {
        assertThat(forecast()).isEqualTo(new Forecast.Unknown("ttl and loop_wait have not been read yet"));

        told.tell(new Observation.ConfigAnswered(
                told.now(), URI.create("http://a:8008/"), new DynamicConfig(Map.of("ttl", 30))));
        assertThat(forecast()).isInstanceOfSatisfying(Forecast.Takeover.class, takeover -> {
            assertThat(takeover.leader()).isEqualTo("a");
            assertThat(takeover.successors()).containsExactly("b", "c");
            assertThat(takeover.unknown()).isEmpty();
        });

        tagged();
        assertThat(forecast()).isInstanceOf(Forecast.Nobody.class);

        told.silent("a");
        assertThat(forecast()).isEqualTo(new Forecast.Unknown("a does not answer"));
    }

    private ReducerStory tagged() {
        return told.cluster(
                ReducerStory.leader("a", 1),
                ReducerStory.member("b", "replica", "running", "\"timeline\":1,\"lag\":0" + NOFAILOVER),
                ReducerStory.member("c", "replica", "running", "\"timeline\":1,\"lag\":0" + NOFAILOVER));
    }

    private Forecast forecast() {
        return Forecast.of(told.dashboard(), told.now());
    }
}
