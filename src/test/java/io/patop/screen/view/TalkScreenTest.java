package io.patop.screen.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.Pictures;
import io.patop.screen.terminal.BigText;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Theme;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The talk mode: what it says, how large, and that its wires follow the leader. */
class TalkScreenTest {

    private final Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);

    @Test
    void theFontHasTheLettersOfNamesAndFigures() {
        assertThat(BigText.has("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789-_.,:/()+!?"))
                .isTrue();
        assertThat(BigText.has("日本")).isFalse();
        assertThat("0123456789".chars().map(digit -> BigText.columns("" + (char) digit, BigText.Size.SMALL)))
                .containsOnly(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = BigText.Size.class,
            names = {"NARROW"})
    void lettersAreDrawn(BigText.Size size) {
        assertThat(big("gT.1", size, Glyphs.ASCII))
                .isEqualTo(
                        """
                              #####      #
                                #       ##
                         ####   #        #
                        #   #   #        #
                        #   #   #        #
                         ####   #   ##   #
                            #   #   ##  ###
                         ###
                        """);
    }

    @Test
    void halfBlocksShowTwoDotsInARow() {
        assertThat(big("T-", BigText.Size.SMALL, Glyphs.UNICODE)).isEqualTo("▀▀█▀▀\n  █   ▄▄▄▄\n  █\n  ▀\n");
    }

    @ParameterizedTest
    @EnumSource(BigText.Size.class)
    void aTextTakesTheColumnsAndRowsItSays(BigText.Size size) {
        for (String text : List.of("patroni1", "NO LEADER", "12.4 s", "iI", " ")) {
            List<String> lines = big(text, size, Glyphs.ASCII).lines().toList();
            assertThat(lines).hasSize(size.rows()).allSatisfy(line -> assertThat(line.length())
                    .isLessThanOrEqualTo(BigText.columns(text, size)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, 80, 24, LARGE",
        "a, 160, 45, HUGE",
        "a, 40, 8, SMALL",
        "patroni1, 80, 24, SMALL",
        "patroni1, 160, 45, LARGE",
        "patroni1, 60, 20, SMALL"
    })
    void theLeaderStandsAsLargeAsItFits(String name, int columns, int rows, BigText.Size size) {
        ReducerStory told =
                new ReducerStory().cluster(ReducerStory.leader(name, 1)).primary(name, 1);
        String screen = talk(told.dashboard(), columns, rows);

        assertThat(screen.lines()).hasSize(rows);
        assertThat(screen.lines().map(String::strip))
                .containsSubsequence(big(name, size, Glyphs.UNICODE)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    @Test
    void aNameThatIsTooLongStandsPlain() {
        ReducerStory told = new ReducerStory().cluster(ReducerStory.leader("patroni-node-in-a-far-away-room", 1));

        assertThat(talk(told.dashboard(), 80, 24)).contains(" patroni-node-in-a-far-away-room");
    }

    @Test
    void anOutageIsCountedAndAMissingLeaderNamed() {
        ReducerStory told = ReducerStory.healthy().seconds(1).silent("a").seconds(2.4);
        assertThat(talk(told.dashboard(), told, 80, 24))
                .contains("without a working leader", "★ a", "✗ no answer 2s")
                .contains(firstLine("2.4 s"));

        told.cluster(ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
        assertThat(talk(told.dashboard(), told, 80, 24))
                .contains(firstLine("NO LEADER"))
                .contains(firstLine("was a"));
    }

    @Test
    void theWiresMoveWithTheLeader() {
        ReducerStory told = ReducerStory.healthy();
        assertThat(wires(talk(told.dashboard(), told, 80, 24))).isEqualTo("│▲▲");

        told.seconds(1)
                .silent("a")
                .seconds(9)
                .cluster(ReducerStory.stopped("a"), ReducerStory.leader("b", 2), ReducerStory.replica("c", 1, 0))
                .primary("b", 2, "c");
        String after = talk(told.dashboard(), told, 80, 24);
        assertThat(wires(after)).isEqualTo("│▲");
        assertThat(after).contains("║ ★ b").contains("✗ no answer 9s");
        assertThat(after.lines()
                        .filter(line -> line.contains("▲"))
                        .findFirst()
                        .orElseThrow()
                        .indexOf('│'))
                .isGreaterThan(26);
    }

    @Test
    void ofMoreMembersThanFitTheLeaderAndTheWorstAreShown() {
        ReducerStory told = new ReducerStory();
        String[] members = new String[20];
        for (int i = 0; i < members.length; i++) {
            members[i] = ReducerStory.replica(String.format("node%02d", i), 1, 0);
        }
        members[11] = ReducerStory.leader("node11", 1);
        told.cluster(members).silent("node17");

        String screen = talk(told.dashboard(), told, 80, 24);
        assertThat(screen).contains("★ node11", "│ node17", "✗ no answer", "+16 members more");
    }

    @Test
    void anySizeAndAnyNameCanBeDrawn() {
        ReducerStory told = new ReducerStory()
                .cluster(ReducerStory.member("日本\\u001b[1m" + "x".repeat(300), "leader", "odd", "\"timeline\":1"));
        pictures.state.talking = true;
        for (int columns = 1; columns < 200; columns += 13) {
            for (int rows = 1; rows < 60; rows += 3) {
                assertThat(pictures.draw(told.dashboard(), told.now(), columns, rows)
                                .lines())
                        .hasSize(rows)
                        .noneMatch(line -> line.contains("\u001b"));
            }
        }
    }

    @Test
    void asciiMeansAscii() {
        Pictures ascii = new Pictures(Inspection.NONE, Glyphs.ASCII);
        ascii.state.talking = true;
        ReducerStory told = ReducerStory.healthy().seconds(1).silent("a");
        for (int rows : new int[] {24, 45}) {
            assertThat(ascii.draw(told.dashboard(), told.now(), rows * 3, rows)
                            .chars()
                            .filter(sign -> sign > 126))
                    .isEmpty();
        }
    }

    @Test
    void oneKeyLeadsInAndEscOut() {
        Dashboard dashboard = ReducerStory.healthy().dashboard();
        pictures.press(dashboard, ReducerStory.START, "T");
        assertThat(pictures.state.talking).isTrue();
        pictures.press(dashboard, ReducerStory.START, "js-+a/");
        assertThat(pictures.ordered).isEmpty();
        assertThat(pictures.state.dialog).isEmpty();
        pictures.press(dashboard, ReducerStory.START, KeyType.Escape);
        assertThat(pictures.state.talking).isFalse();

        pictures.press(dashboard, ReducerStory.START, ":talk");
        pictures.press(dashboard, ReducerStory.START, KeyType.Enter);
        assertThat(pictures.state.talking).isTrue();
        pictures.press(dashboard, ReducerStory.START, "3");
        assertThat(pictures.state.talking).isFalse();
        assertThat(pictures.state.views.shown().title()).isEqualTo("Events");
    }

    private static String wires(String screen) {
        return screen.lines()
                .filter(line -> line.contains("▲"))
                .findFirst()
                .orElseThrow()
                .replace(" ", "");
    }

    private static String firstLine(String text) {
        return big(text, BigText.Size.SMALL, Glyphs.UNICODE)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElseThrow()
                .strip();
    }

    private static String big(String text, BigText.Size size, Glyphs glyphs) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(400, size.rows()));
        BigText.draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), glyphs), 0, 0, text, size, Ink.TEXT);
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < size.rows(); row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < 400; column++) {
                line.append(image.getCharacterAt(column, row).getCharacterString());
            }
            lines.append(line.toString().stripTrailing()).append('\n');
        }
        return lines.toString();
    }

    private String talk(Dashboard dashboard, int columns, int rows) {
        pictures.state.talking = true;
        return pictures.draw(dashboard, ReducerStory.START, columns, rows);
    }

    private String talk(Dashboard dashboard, ReducerStory told, int columns, int rows) {
        pictures.state.talking = true;
        return pictures.draw(dashboard, told.now(), columns, rows);
    }
}
