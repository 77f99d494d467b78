package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.screen.Pictures;
import io.patop.text.TerminalColumns;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which columns stay, and what is cut, where a cell is longer than any honest one. */
class GridTest {

    private static final String LONG = "x".repeat(300);
    private static final String HUGE = "9223372036854775807";

    @Test
    void aLongCellIsCutAndDrivesOutNoColumnThatCounts() {
        for (String hostile : List.of(
                ReducerStory.member(LONG, "replica", "running", "\"timeline\":1,\"lag\":0"),
                ReducerStory.member("b", LONG, "running", "\"timeline\":1,\"lag\":0"),
                ReducerStory.member("b", "replica", LONG, "\"timeline\":1,\"lag\":0"),
                ReducerStory.member("b", "replica", "running", "\"timeline\":" + HUGE + ",\"lag\":" + HUGE),
                ReducerStory.member("b", "replica", "running", "\"timeline\":1,\"lag\":\"" + LONG + "\""),
                ReducerStory.member("b", LONG, LONG, "\"timeline\":" + HUGE + ",\"lag\":" + HUGE))) {
            String screen = draw(new ReducerStory()
                    .cluster(ReducerStory.leader("a", 1), hostile)
                    .primary("a", 1)
                    .dashboard());

            assertThat(screen).as(hostile).contains("MEMBER", "ROLE", "STATE", "TL", "LAG");
            assertThat(screen.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
            if (hostile.contains(LONG) && !hostile.contains("\"" + LONG + "\"}")) {
                assertThat(screen).as(hostile).doesNotContain(LONG.substring(0, 60));
            }
        }
    }

    /** The answer's age is a word of a column that may go; the timeline is not. */
    @Test
    void ofColumnsThatCountTheSameTheLastGoesFirst() {
        String names = draw(new ReducerStory()
                .cluster(
                        ReducerStory.leader("patroni-in-frankfurt", 12345),
                        ReducerStory.member(
                                "patroni-in-amsterdam",
                                "sync_standby",
                                "in archive recovery",
                                "\"timeline\":12345,\"lag\":1048576,\"pending_restart\":true"))
                .silent("patroni-in-amsterdam")
                .seconds(7_000)
                .dashboard());

        assertThat(names).contains("TL", "12345", "LAG").contains("API");
    }

    @Test
    void figuresStandUnderEachOtherWhateverTheirNeighboursAre() {
        String screen = draw(new ReducerStory()
                .cluster(
                        ReducerStory.leader("a", 77),
                        ReducerStory.member("b", "日本" + LONG, "running", "\"timeline\":77,\"lag\":0"),
                        ReducerStory.member("c", "replica", LONG, "\"timeline\":77,\"lag\":" + HUGE))
                .dashboard());

        assertThat(screen.lines()
                        .filter(line -> line.contains(" 77"))
                        .map(line -> TerminalColumns.of(line.substring(0, line.indexOf(" 77"))))
                        .skip(1)
                        .distinct())
                .as(screen)
                .hasSize(1);
    }

    private static String draw(Dashboard dashboard) {
        return new Pictures(Inspection.NONE, Glyphs.UNICODE)
                .draw(dashboard, ReducerStory.START.plusSeconds(7_005), 80, 24);
    }
}
