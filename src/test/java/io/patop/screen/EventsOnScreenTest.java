package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Glyphs;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsOnScreenTest {

    /** A word at the end of each line but the first was lost, since these are indented. */
    @Test
    void noWordOfALongEventIsLost() {
        String words = IntStream.range(0, 30).mapToObj(number -> "w" + number).collect(Collectors.joining(" "));
        ReducerStory told = ReducerStory.healthy();
        told.tell(new Observation.ActionReported(
                told.now(),
                new Action.ScaleService("demo_b", 0, Optional.of("b")),
                Observation.ActionReported.Progress.FAILED,
                words));
        Pictures pictures = new Pictures(new ViewState(FaultInjector.NONE), Glyphs.UNICODE);
        pictures.press(told.dashboard(), told.now(), "3");

        for (int columns = 76; columns <= 90; columns++) {
            assertThat(pictures.draw(told.dashboard(), told.now(), columns, 24)
                            .lines()
                            .map(String::strip)
                            .collect(Collectors.joining(" ")))
                    .as("%d columns", columns)
                    .contains(words);
        }
    }
}
