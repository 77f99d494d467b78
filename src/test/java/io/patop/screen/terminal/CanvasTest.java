package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.BasicTextImage;
import io.patop.text.TerminalColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each text takes the columns on the screen that the terminal gives it, so that what stands beside it stays there. */
class CanvasTest {

    private static final int WIDTH = 12;

    /** Alone, after a letter, and twice: a mark without a letter would move to the column before it. */
    @Test
    void everyCharacterTakesTheColumnsOfTheTable() {
        List<String> wrong = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> point != '|' && (point <= 0xFFFF || point % 97 == 0))
                .mapToObj(Character::toString)
                .flatMap(one -> List.of(one, "a" + one, one + one, "\u1112" + one).stream())
                .filter(text -> !isStraight(text))
                .map(text -> "U+" + Integer.toHexString(text.codePointBefore(text.length())) + " in " + text)
                .toList();

        assertThat(wrong.size())
                .as("%s", wrong.subList(0, Math.min(40, wrong.size())))
                .isZero();
    }

    /** What is drawn after the text begins where the terminal's cursor is then. */
    private static boolean isStraight(String text) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(WIDTH, 1));
        Canvas canvas = Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE);
        int after = canvas.put(0, 0, text, Ink.TEXT);
        canvas.put(after, 0, "|", Ink.TEXT);
        int cursor = 0;
        for (String cell : cells(image, 0)) {
            if (cell.equals("|")) {
                return cursor == after && after == Canvas.columns(canvas.fit(text, WIDTH));
            }
            cursor += TerminalColumns.of(cell);
        }
        return false;
    }

    /** What Lanterna sends, cell by cell: after one that it takes for two columns it leaves one out. */
    private static List<String> cells(BasicTextImage image, int row) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < WIDTH; column++) {
            TextCharacter character = image.getCharacterAt(column, row);
            cells.add(character.getCharacterString());
            column += character.isDoubleWidth() ? 1 : 0;
        }
        return cells;
    }

    @ParameterizedTest
    @CsvSource({
        "日本語,日本語",
        "e\u0301te\u0301,été",
        "\u1112\u1161\u11ab,한",
        "x\u0323\u0302,x\u0323\u0302",
        "☔,☔",
        "☃\uFE0F,☃",
        "\u0301a,�a",
        "😀,�",
        "\u1161,�",
        "\u4dc0,�"
    })
    void namesAreShownAsFarAsTerminalsAgreeOnTheirWidth(String name, String shown) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(WIDTH, 1));

        Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE)
                .put(0, 0, name, Ink.TEXT);

        assertThat(String.join("", cells(image, 0)).strip()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"日本語,5,日本…", "日本語,4,日…", "日本語,6,日本語", "e\u0301e\u0301e\u0301,2,é…", "x\u0323x\u0323x\u0323,2,x\u0323…"})
    void whatIsTooLongIsCutBetweenCharacters(String text, int columns, String cut) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(WIDTH, 1));

        assertThat(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE)
                        .fit(text, columns))
                .isEqualTo(cut);
    }

    @Test
    void aColumnStandsStraightWhateverStandsBeforeIt() {
        BasicTextImage image = new BasicTextImage(new TerminalSize(WIDTH, 5));
        List<String> names = List.of("a", "日本", "e\u0301", "☔x");

        new Grid<String>(List.of(
                        Column.word("N", 0, name -> new Cell(name, Ink.NAME)),
                        Column.word("S", 0, name -> new Cell("|", Ink.TEXT))))
                .draw(
                        Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE),
                        names,
                        name -> name,
                        -1);

        List<Integer> bars = IntStream.rangeClosed(1, names.size())
                .map(row ->
                        TerminalColumns.of(String.join("", cells(image, row)).split("\\|", 2)[0]))
                .boxed()
                .toList();
        assertThat(new HashSet<>(bars)).as("%s", bars).hasSize(1);
    }
}
