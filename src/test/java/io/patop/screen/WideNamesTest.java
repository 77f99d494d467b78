package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.screen.terminal.Glyphs;
import io.patop.text.TerminalColumns;
import io.patop.watch.ReducerStory;
import io.patop.watch.source.Inspection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members whose names are wide or have marks are shown as straight and as completely as all others. */
class WideNamesTest {

    private static final String WIDE = "\u65e5\u672c\u8a9e \u306e \u30b5\u30fc\u30d0".repeat(3);
    private static final List<String> NAMES = List.of(WIDE, "e\u0301te\u0301", "\u2614 rain");

    private final ReducerStory story = new ReducerStory()
            .cluster(
                    ReducerStory.leader(NAMES.get(0), 1),
                    ReducerStory.replica(NAMES.get(1), 1, 0),
                    ReducerStory.replica(NAMES.get(2), 1, 0))
            .primary(NAMES.get(0), 1)
            .standby(NAMES.get(1), 1)
            .standby(NAMES.get(2), 1);
    private final Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "T"})
    void noLineIsLongerThanTheScreen(String view) {
        pictures.press(story.dashboard(), story.now(), view);

        assertThat(draw(80, 24).lines())
                .allSatisfy(line -> assertThat(TerminalColumns.of(line)).isLessThanOrEqualTo(80));
    }

    @Test
    void columnsOfTheMembersStandStraight() {
        List<Integer> states = draw(120, 40)
                .lines()
                .filter(line -> line.contains(" streaming ") || line.contains(" running "))
                .map(line -> TerminalColumns.of(line.split(" (streaming|running) ", 2)[0]))
                .distinct()
                .toList();

        assertThat(states).hasSize(1);
    }

    @Test
    void anEventIsWrappedByItsColumns() {
        story.seconds(4).silent(NAMES.get(0));
        String text = story.dashboard()
                .events()
                .get(story.dashboard().events().size() - 1)
                .text();

        assertThat(draw(80, 24)).contains(text.split(" ", -1));
    }

    private String draw(int columns, int rows) {
        return pictures.draw(story.dashboard(), story.now(), columns, rows);
    }
}
